# Completion for every command of kefu, out of its own table of options.
# bash-completion finds this file under each command's name.

# Names of files, with -d of folders, that begin with $word: bash itself knows best what of them needs quotes.
_kefu_files() {
	compopt -o filenames 2>/dev/null || : # called by hand there is none
	mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}

_kefu() {
	local word=$2 previous=$3 command=${1//[\\\'\"]/} letter name argument words='' wanted=''
	command=${command/#\~/$HOME} # as it was typed, maybe with quotes
	[[ $word == = ]] && word=
	[[ $previous == = ]] && previous=${COMP_WORDS[COMP_CWORD - 2]}
	while IFS='|' read -r letter name argument _; do
		words+="$letter $name "
		[[ -n $argument && ($previous == "$name" || $previous == "$letter") ]] && wanted=$argument
	done < <("$command" --options 2>/dev/null | sed 's/|/ /g; s/\t/|/g')
	case $wanted in
	DIR) _kefu_files -d ;;
	FILE) _kefu_files -f ;;
	LIST)
		# what a ledger says is not for compgen -W, which would expand it
		COMPREPLY=()
		while read -r name; do
			[[ $name != "$word"* || $name == *[^[:alnum:]_-]* ]] || COMPREPLY+=("$name")
		done < <("$command" --format tsv --no-header 2>/dev/null | cut -f 2 | sort -u)
		;;
	*[[:upper:]]*) COMPREPLY=() ;; # only the person knows
	?*) mapfile -t COMPREPLY < <(compgen -W "$wanted" -- "$word") ;;
	*)
		if [[ $word == -* ]]; then
			mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
		else
			_kefu_files -f
		fi
		;;
	esac
}
complete -F _kefu "${BASH_SOURCE[0]##*/}"
