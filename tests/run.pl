#!/usr/bin/perl
# Runs tests of every kind, one on each processor, the longest first; ends with what was skipped and why, and with the line
# "N passed, N failed". A .bats file and a unit test say TAP; any other executable is one test, judged by its exit status
# (77: skipped), its output shown when it fails. They find the programs of tests/packages and no others.
# Usage: tests/run.pl [--announce] FILE..., with $KEFU_BUILD set; --announce says only how long they will take
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use List::Util qw(sum);
use TAP::Harness;
use Time::HiRes qw(time);

# A path as one word of a shell.
sub quoted {
	my ($path) = @_;
	$path =~ s/'/'\\''/g;
	return "'$path'";
}

sub run_one {
	my ($file) = @_;
	my $program = quoted($file);
	my $output = qx{$program 2>&1 </dev/null};
	my $status = $? & 127 ? "signal " . ($? & 127) : $? >> 8;
	(my $comments = $output) =~ s/^/# /mg;
	print "1..1\n";
	if ($status eq '77') {
		$output =~ s/^.*?: skipped: //;
		$output =~ s/\s+/ /g;
		print "ok 1 # skip $output\n";
	} else {
		print $status eq '0' ? "ok 1 - $file\n" : "not ok 1 - $file: $status\n$comments\n";
	}
	exit($status eq '0' || $status eq '77' ? 0 : 1);
}

if (@ARGV == 2 && $ARGV[0] eq '--one') {
	run_one($ARGV[1]);
}

my $root = abs_path(dirname($0) . '/..');
chdir $root or die "$root: $!\n";
my $build = $ENV{KEFU_BUILD} //= "$root/build";
my $processors = qx{nproc} + 0 || 1;

# What is called comes from a package on the list, or is not found: where dpkg can tell.
sub path {
	my $folder = "$build/programs";
	my $command = join ' ', map { quoted($_) } "$root/tests/packages.pl", 'path', $folder, $ENV{KEFU_TARGET};
	my $problem = qx{$command};
	if ($?) {
		chomp $problem;
		print "Tests may use any program of this machine: $problem\n";
		return $ENV{PATH};
	}
	my ($cc) = split ' ', $ENV{CC} // 'cc';
	if ($cc !~ m{/} && !-e "$folder/$cc") {
		chomp(my $chosen = qx{command -v '$cc'});
		symlink $chosen, "$folder/$cc";
	}
	return $folder;
}

my ($runner, @scratch) = ($$);
$SIG{$_} = sub { exit 130 } for qw(INT TERM HUP);
END {
	if ($runner && $$ == $runner) {
		local $?;
		system('rm', '-rf', @scratch) if @scratch;
	}
}

# A folder for all that the tests write: in memory, where there is room and programs may lie, so that no disk is waited for.
sub scratch {
	for my $parent ('/dev/shm', $ENV{TMPDIR} // '/tmp') {
		my $folder = eval { tempdir('kefu-check.XXXXXX', DIR => $parent) } or next;
		push @scratch, $folder;
		chmod 0711, $folder; # some tests are somebody else
		return $folder if $parent ne '/dev/shm';
		my $place = quoted($folder);
		my ($free) = qx{df -Pk $place} =~ /^(?:\S+\s+){3}(\d+)\s+\d+%/m;
		symlink '/bin/true', "$folder/true";
		system('cp', '-L', "$folder/true", "$folder/runs");
		return $folder if ($free // 0) > 1 << 20 && system({"$folder/runs"} "$folder/runs") == 0;
	}
	die "no folder for what the tests write\n";
}

# Seconds each file took when it last ran; those that never did are reckoned by what they are.
my $memory = "$build/durations";
my %took;
if (open my $in, '<', $memory) {
	/^(\S+) (.*)/ and $took{$2} = $1 while <$in>;
}

sub reckoned {
	my ($file) = @_;
	return $took{$file} if $took{$file};
	return 0.3 if $file =~ m{/unit/[^.]*$};
	return 3 if $file !~ /\.bats$/;
	open my $in, '<', $file or return 1;
	return 0.5 + 0.15 * grep { /^\@test/ } <$in>;
}

my $announce = @ARGV && $ARGV[0] eq '--announce' && shift @ARGV;
my %reckoned = map { $_ => reckoned($_) } @ARGV;
my @files = sort { $reckoned{$b} <=> $reckoned{$a} || $a cmp $b } keys %reckoned;
if ($announce) {
	my $seconds = sum(values %reckoned) / $processors;
	printf "%d files of tests: about %.0f minutes on %d processors, and building first.\n", scalar @files, $seconds / 60, $processors if $seconds >= 90;
	exit 0;
}

$ENV{KEFU_TARGET} //= 'check';
$ENV{KEFU_DATA} = $root;
$ENV{KEFU_TEST_DATA} //= "$root/../shared/data";
$ENV{KEFU_PATH} = $ENV{PATH};
$ENV{PATH} = "$build/bin:$build/tools:" . path();
$ENV{CMOCKA_MESSAGE_OUTPUT} = 'TAP';
$ENV{LC_ALL} = 'C.UTF-8';
delete @ENV{qw(TZ KEFU_LEDGER MAKEFLAGS MAKELEVEL)};
$ENV{TMPDIR} = scratch();
# Ledgers that are the same for many tests are founded once: copy_of_ledger in tests/helper.bash.
$ENV{KEFU_LEDGERS} = "$ENV{TMPDIR}/ledgers";

# TAP as cmocka 1.1 has it is not quite TAP.
my $cmocka = q{"$0" | sed '/^# ok - /d; s/^not ok \([0-9]* # SKIP\)/ok \1/'; exit ${PIPESTATUS[0]}};
my (%started, %skipped);
my $harness = TAP::Harness->new({
	jobs => $processors,
	merge => 0,
	failures => 1,
	comments => 1,
	color => -t STDOUT && !$ENV{NO_COLOR},
	exec => sub {
		my ($self, $file) = @_;
		return ['bats', '--tap', $file] if $file =~ /\.bats$/;
		return ['bash', '-c', $cmocka, $file] if $file =~ m{/unit/};
		return [$^X, "$root/tests/run.pl", '--one', $file =~ m{^/} ? $file : "$root/$file"];
	},
});
$harness->callback(made_parser => sub {
	my ($parser, $job) = @_;
	my ($file, $started) = ($job->[0], time);
	$parser->callback(test => sub {
		my ($test) = @_;
		return if !$test->has_skip;
		(my $name = $test->description) =~ s/^- //;
		my $reason = $test->explanation;
		# a unit test says its name in place of the reason
		($name, $reason) = ($reason, 'not possible here') if $file =~ m{/unit/[^.]*$};
		push @{$skipped{$reason || 'no reason given'}}, $name eq '' ? $file : "$file: $name";
	});
	$parser->callback(EOF => sub { $took{$file} = time - $started; });
});
my $results = $harness->runtests(@files);
my $failed = $results->failed;
# A file that died, or ran another number of tests than it planned, has failed even if none of its tests did.
for my $parser ($results->parsers) {
	$failed++ if !$parser->failed && ($parser->exit || $parser->parse_errors);
}
if (open my $out, '>', "$memory.$$") {
	printf $out "%.2f %s\n", $took{$_}, $_ for sort keys %took;
	close $out and rename "$memory.$$", $memory;
}
if (%skipped) {
	printf "%d skipped:\n", scalar $results->skipped;
	for my $reason (sort keys %skipped) {
		print "  $reason\n", map { "    $_\n" } sort @{$skipped{$reason}};
	}
}
printf "%d passed, %d failed\n", $results->passed - $results->skipped, $failed;
exit($failed || !$results->total ? 1 : 0);
