#!/usr/bin/perl
# What the packages of tests/packages bring, as dpkg knows it, and what the tests, scripts and recipes call: whether the list
# is complete. Installs nothing.
# Usage: tests/packages.pl path DIR [TARGET]  fills DIR with links to the programs of a bare Debian with TARGET's packages
#        tests/packages.pl lacking            prints what is called and not brought, each with a place; 1 when there is any
#        tests/packages.pl each               prints each package with something that only it brings
# Ends with 77 and a reason where dpkg does not know all of the packages of `make check`.
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);

my $root = abs_path(dirname(__FILE__) . '/..');
my $bin = qr{^(?:/usr)?/(?:s?bin|games)/([^/]+)$};

sub lines_of {
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	my @lines = <$in>;
	chomp @lines;
	return @lines;
}

# The rows of the list: for, debian, along, fedora, least, probe.
sub list {
	my @rows;
	for (grep { /^[a-z]/ } lines_of("$root/tests/packages")) {
		my %row;
		@row{qw(for debian fedora least probe)} = split ' ', $_, 5;
		$row{along} = $row{debian} =~ s/^\((.*)\)$/$1/;
		push @rows, \%row;
	}
	return @rows;
}

# Every installed package: whether it is essential, and for each thing it depends on the packages that would do.
sub installed {
	my (%packages, %provides);
	for (qx{dpkg-query -W -f '\${Package}\\t\${db:Status-Status}\\t\${Essential}\\t\${Pre-Depends}, \${Depends}\\t\${Provides}\\n'}) {
		chomp;
		my ($name, $status, $essential, $depends, $provided) = split /\t/;
		next if $status ne 'installed';
		my @depends = map { [map { /^\s*([^\s:(]+)/ ? $1 : () } split /\|/] } split /,/, $depends;
		$packages{$name} = {essential => $essential eq 'yes', depends => \@depends};
		push @{$provides{$_}}, $name for $provided =~ /(?:^|, )([^\s,(]+)/g;
	}
	return \%packages, \%provides;
}

# The packages that those of the names bring along, themselves included.
sub closure {
	my ($packages, $provides, @names) = @_;
	my %closure;
	while (defined(my $name = shift @names)) {
		next if $closure{$name}++;
		for my $alternatives (@{$packages->{$name}{depends}}) {
			my ($chosen) = grep { $packages->{$_} } map { ($_, @{$provides->{$_} // []}) } @$alternatives;
			push @names, $chosen if defined $chosen;
		}
	}
	return \%closure;
}

# Each file of the packages, and the packages it is of.
sub files {
	my @names = @_;
	my (%files, $at);
	$at = 0;
	for (qx{dpkg-query -L @names}) {
		chomp;
		if ($_ eq '') {
			$at++;
		} elsif (m{^/}) {
			$files{$_}{$names[$at]} = 1;
		}
	}
	return \%files;
}

# Adds what update-alternatives chooses among the files of these packages, whatever else is on this machine: awk, cc.
sub alternatives {
	my ($files) = @_;
	for my $database (glob '/var/lib/dpkg/alternatives/*') {
		my (undef, $link, @rest) = lines_of($database);
		my @links = ($link);
		while (@rest && $rest[0] ne '') {
			push @links, $rest[1];
			splice @rest, 0, 2;
		}
		shift @rest;
		my ($best, @targets) = (-1);
		while (@rest > @links && $rest[0] ne '') {
			my ($target, $priority, @slaves) = splice @rest, 0, @links + 1;
			next if $priority <= $best || !$files->{$target};
			$best = $priority;
			@targets = ($target, @slaves);
		}
		for my $i (0 .. $#targets) {
			$files->{$links[$i]} = {%{$files->{$targets[0]}}, '' => $targets[$i]} if $targets[$i] ne '';
		}
	}
}

# Programs by name, and where they are.
sub programs {
	my ($files) = @_;
	my %programs;
	for my $path (sort keys %$files) {
		my $target = $files->{$path}{''} // $path;
		$programs{$1} //= $target if $path =~ $bin && -x $target && !-d _;
	}
	return \%programs;
}

# --- what is called ---

sub sources {
	(my $place = $root) =~ s/'/'\\''/g;
	my $tracked = qx{cd '$place' && git ls-files -z 2>/dev/null || find . -path ./build -prune -o -path ./.git -prune -o -type f -print0};
	return grep { -f "$root/$_" } split /\0/, $tracked;
}

# The words of a shell script or of recipes that stand where a command does.
sub commands {
	my ($text) = @_;
	$text =~ s/\\\n/ /g;
	1 while $text =~ s/^(.*<<(-?)\s*(['"]?)(\w+)\3.*)\n(?:.*\n)*?\t*\4$/$1/m; # here documents
	$text =~ s/(^|\s)#.*/$1/mg;
	$text =~ s/("(?:\\.|[^"\\\n])*")|'[^']*'/$1 ? $1 =~ tr{'}{}dr : "''"/ge; # an apostrophe in a text opens nothing
	my $before = qr/^|[;&|(`{!]|\b(?:if|then|else|elif|do|while|until|run|at|exec|xargs|sudo|command|time)\b/m;
	my $extras = qr/(?:\s+(?:-[-\w]*|[A-Z_]+=\S*|-v))*/;
	return $text =~ /(?:$before)(?=$extras[\s\@]*([a-z][\w.+-]+)(?:[\s;)|&"]|$))/mg;
}

# The modules that a Python program imports, or those within a shell script; not those that are part of Python.
sub python_modules {
	my ($text, $is_python) = @_;
	$text = join "\n", $text =~ /python3 [^\n]*?-c\s+'([^']*)'/msg, map { $_ // '' } $text =~ /python3 -[^\n]*<<-?\s*['"]?(?:\w+)['"]?[^\n]*\n(.*?)\n\t*[A-Z]+$/msg
		if !$is_python;
	my @imported = map { split /\s*,\s*/ } $text =~ /^\s*['"]?import +(\w[\w., ]*)/mg;
	return map { s/[.\s].*//r } @imported, $text =~ /^\s*['"]?from +(\w+)/mg;
}

# What a source is for, a word of the list's first column; the Makefile is for all.
sub purpose {
	my ($source) = @_;
	return $source =~ m{^tests/(fuzz|interop)/} ? $1 : $source =~ m{^(?:tests|\.ci)/} ? 'check' : $source eq 'Makefile' ? 'all' : 'demo';
}

# What is called: what it is, where, what for, and how the path of the file ends that brings it: one of these.
sub calls {
	my ($known) = @_;
	my (@calls, %functions, %commands);
	chomp(my $machine = qx{uname -m});
	my @sources = sources();
	my %own = map { $_ => 1 } split(' ', qx{/usr/bin/python3 -c 'import sys; print(*sys.stdlib_module_names)'}),
		map { m{^tests/(?:.*/)?(\w+)\.py$} ? $1 : () } @sources;
	$functions{$_} = 1 for split ' ', qx{bash -c 'compgen -bk'};
	for my $source (@sources) {
		next if $source eq 'tests/packages' || $source !~ m{^(?:lib|cmd|tests|examples|\.ci)/|^Makefile$} || $source =~ /\.md$|\.ya?ml$/;
		my $text = join "\n", lines_of("$root/$source");
		my $for = purpose($source);
		my $add = sub {
			my ($what, @paths) = @_;
			push @calls, [$what, $source, $for, @paths];
		};
		my ($interpreter) = $text =~ m{\A#!\s*(?:\S*/env )?(?:\S*/)?(\w+)};
		$interpreter //= $source =~ /\.(?:bats|bash|sh)$|^Makefile$/ ? 'bash' : $source =~ /\.py$/ ? 'python3' : '';
		my @commands = $interpreter;
		if ($interpreter =~ /sh$|^bats$/) {
			$functions{$_} = 1 for $text =~ /^\s*([\w-]+)\(\)/mg;
			# of a Makefile, the recipes: a variable may hold a quotation mark alone
			my $script = $text;
			$script =~ s/^(?!\t).*(?<!\\)\n//mg if $source eq 'Makefile';
			push @commands, commands($script);
			# whoever is root needs none; anybody else is told what root has to run
			@commands = grep { $_ ne 'sudo' } @commands if $source eq 'tests/setup.sh';
		} elsif ($interpreter =~ /^python/) {
			push @commands, $text =~ /(?:run|Popen|check_output)\(\[?"([a-z][\w-]*)"/g;
		} elsif ($interpreter eq 'perl') {
			push @commands, $text =~ /\bqx\{([a-z][\w-]*)/g;
		}
		$commands{$_}{$for} //= $source for @commands;
		for my $module (python_modules($text, $interpreter =~ /^python/)) {
			$add->("Python's module $module", "dist-packages/$module", "dist-packages/$module.py") if !$own{$module};
		}
		for my $module ($interpreter eq 'perl' ? $text =~ /^use ([A-Z]\w*(?:::\w+)*)/mg : (), map { /-M([\w:]+)/g } $text =~ /\bperl((?: -M[\w:]+)+)/g) {
			(my $path = $module) =~ s{::}{/}g;
			$add->("Perl's module $module", "$path.pm");
		}
		$add->("the data in $_", $_) for $text =~ m{(?<![\w.])(/usr/share/[\w/-]*\w)}g;
		if ($source =~ /\.[ch]$/) {
			$add->("the header $_", $_) for $text =~ /^#include <([^>]+)>/mg;
		}
		if ($source eq 'Makefile') {
			$commands{$_}{demo} = $source for qw(cc pkg-config);
			$commands{$_}{all} = $source for $text =~ /\bCC=(\w+)/g;
			my ($modules) = $text =~ /^PKGS\s*:=\s*(.*)/m;
			$for = 'demo';
			$add->("pkg-config's $_", "pkgconfig/$_.pc") for split ' ', $modules;
			$for = 'check';
			$add->("pkg-config's $_", "pkgconfig/$_.pc") for $text =~ /pkg-config --libs ([a-z][\w.-]+)/g;
			$for = 'fuzz';
			$add->("the library of -fsanitize=$_", "libclang_rt.$_-$machine.a") for $text =~ /-fsanitize=(fuzzer)\b(?!-)/g;
		}
	}
	for my $name (grep { $known->{$_} && !$functions{$_} } keys %commands) {
		push @calls, ["the program $name", $commands{$name}{$_}, $_, "bin/$name", "sbin/$name"] for keys %{$commands{$name}};
	}
	return @calls;
}

# The programs of this machine, whatever brought them; tests/run.pl says where they are. Not our own.
sub elsewhere {
	my $own = qr{^\Q$root\E/|^\Q@{[$ENV{KEFU_BUILD} // $root]}\E/};
	return {map { basename($_) => 1 } grep { -x && !-d } map { glob "$_/*" } grep { !/$own/ } split /:/, $ENV{KEFU_PATH} // $ENV{PATH}};
}

# The rows that are installed for a purpose.
sub rows_for {
	my ($for) = @_;
	return grep { $_->{debian} ne '-' && ($for eq 'all' || $_->{for} eq 'demo' || $_->{for} eq $for || ($_->{for} eq 'check' && $for ne 'demo')) } list();
}

my ($action, $argument, $for) = (@ARGV, '', 'check');
my @names = do { my %seen; grep { !$seen{$_}++ } map { $_->{along} ? () : $_->{debian} } rows_for('all') };
if (!-x '/usr/bin/dpkg-query') {
	print "no dpkg here\n";
	exit 77;
}
my ($packages, $provides) = installed();
my @absent = grep { !$packages->{$_} } map { $_->{debian} } rows_for($action eq 'path' ? $for : 'check');
if (@absent) {
	print "not installed from packages: @absent\n";
	exit 77;
}
my @bare = ('make', 'apt', grep { $packages->{$_}{essential} } sort keys %$packages);
my @rows = $action eq 'path' ? rows_for($for) : grep { $packages->{$_->{debian}} } rows_for('all');
my $files = files(sort keys %{closure($packages, $provides, @bare, map { $_->{debian} } @rows)});
alternatives($files);

if ($action eq 'path') {
	my $programs = programs($files);
	mkdir $argument;
	opendir my $folder, $argument or die "$argument: $!\n";
	my %there = map { $_ => readlink "$argument/$_" } grep { !/^\.\.?$/ } readdir $folder;
	for my $name (keys %there) {
		unlink "$argument/$name" if ($programs->{$name} // '') ne ($there{$name} // '');
	}
	for my $name (keys %$programs) {
		symlink $programs->{$name}, "$argument/$name" if $programs->{$name} ne ($there{$name} // '');
	}
	exit 0;
}

# What is called and would not be brought, were NAME not on the list. Targets whose packages are not here are left out.
my @targets = grep { my $target = $_; !grep { !$packages->{$_->{debian}} } rows_for($target) } qw(demo check lint fuzz interop);
my @calls = calls(elsewhere());
my %by_name;
push @{$by_name{basename($_)}}, $_ for grep { !m{/c\+\+/} } keys %$files;

sub lacking {
	my ($name) = @_;
	my %brought = map {
		$_ => closure($packages, $provides, @bare, map { $_->{along} || $_->{debian} eq $name ? () : $_->{debian} } rows_for($_))
	} @targets, 'all';
	my %lacking;
	for (@calls) {
		my ($what, $source, $target, @paths) = @$_;
		my @bringing = map { my $path = $_; grep { $_ eq $path || m{/\Q$path\E$} } @{$by_name{basename($path)}} } @paths;
		next if !$brought{$target} || grep { $brought{$target}{$_} } map { keys %{$files->{$_}} } @bringing;
		$lacking{$what} //= $source;
	}
	return map { "$lacking{$_}: $_" } sort keys %lacking;
}

if ($action eq 'each') {
	print map { my ($first) = lacking($_); "$_\t" . ($first // '') . "\n" } grep { $packages->{$_} } @names;
	exit 0;
}
my @lacking = lacking('');
print map { "$_\n" } @lacking;
exit(@lacking ? 1 : 0);
