# Completion for every command of kefu, out of its own table of options.
# bash-completion finds this file under each command's name.
_kefu() {
	local word=$2 previous=$3 letter name argument words='' wanted=''
	[[ $word == = ]] && word=
	[[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD - 2]}
	while IFS='|' read -r letter name argument _; do
		words+="$letter $name "
		[[ -n $argument && ($previous == "$name" || $previous == "$letter") ]] && wanted=$argument
	done < <("$1" --options 2>/dev/null | sed 's/|/ /g; s/\t/|/g')
	case $wanted in
	DIR) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
	FILE) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
	LIST) mapfile -t COMPREPLY < <(compgen -W "$("$1" --format tsv --no-header 2>/dev/null | cut -f 2 | sort -u)" -- "$word") ;;
	*[[:upper:]]*) COMPREPLY=() ;; # only the person knows
	?*) mapfile -t COMPREPLY < <(compgen -W "$wanted" -- "$word") ;;
	*)
		if [[ $word == -* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$word")
		fi
		;;
	esac
}
complete -F _kefu "${BASH_SOURCE[0]##*/}"
