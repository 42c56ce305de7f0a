# For bats files that need several logins, without their passwords: `load ../users` (from tests/flow).
# As root they are there; whoever has sudo without a password becomes root by it.

# needs_users: sets as_root, a command prefix, or skips; and makes $public, a folder that everybody reaches, with kefu in it
needs_users() {
	as_root=()
	if [[ $(id -u) != 0 ]]; then
		local sudo
		sudo=$(PATH=${KEFU_PATH:-$PATH} type -P sudo) && "$sudo" -n true 2>/dev/null ||
			skip 'changing the user needs root, or sudo without a password'
		as_root=("$sudo" -n)
	fi
	public=$(mktemp -d /tmp/kefu-users.XXXXXX)
	chmod 755 "$public"
	mkdir -p "$public/home" "$public/data" "$public/bin"
	cp -r "$root/examples" "$root/schemas" "$root/calendar" "$root/released" "$public/data/"
	cp "$build"/bin/* "$public/bin/"
	chmod -R a+rX "$public"
	: >"$public/gitconfig"
	chmod 1777 "$public/home"
	as mail true 2>/dev/null || skip 'there is no user mail, or nobody can become them here'
}

# The folder is of many: teardown has to call this.
users_gone() {
	[[ ! ${public-} ]] || "${as_root[@]}" rm -rf "$public"
}

# as USER COMMAND...: as that user, who is in the group 4000 besides their own, with their own home and umask $mask. What is
# configured for the system, they have in their own configuration: kefu lets no variable tell git where that is.
as() {
	local user=$1 other=()
	shift
	[[ $user == root ]] ||
		other=(setpriv --reuid "$user" --regid "$(id -g "$user")" --groups "${groups:-4000}")
	"${as_root[@]}" "${other[@]}" env -i PATH="$public/bin:$PATH" LC_ALL=C.UTF-8 HOME="$public/home/$user" \
		KEFU_DATA="$public/data" GIT_CONFIG_SYSTEM="$public/gitconfig" ASAN_OPTIONS="${ASAN_OPTIONS-}" \
		GIT_AUTHOR_NAME="$user" GIT_AUTHOR_EMAIL="$user@example.org" GIT_COMMITTER_NAME="$user" GIT_COMMITTER_EMAIL="$user@example.org" \
		bash -c 'umask 022 && mkdir -p "$HOME" && { [[ -e ~/.gitconfig ]] || printf "[include]\n\tpath = %s\n" "$GIT_CONFIG_SYSTEM" >~/.gitconfig; } &&
			umask "$0" && exec "$@"' "${mask:-022}" "$@"
}
