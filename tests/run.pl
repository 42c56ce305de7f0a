#!/usr/bin/perl
# Runs tests of every kind, two at a time, and ends with the line "N passed, N failed". A .bats file and a unit
# test say TAP; any other executable is one test, judged by its exit status (77: skipped), its output shown when it fails.
# Usage: tests/run.pl FILE..., with $KEFU_BUILD set
use strict;
use warnings;
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use TAP::Harness;

sub run_one {
	my ($file) = @_;
	my $output = qx{'$file' 2>&1 </dev/null};
	my $status = $? & 127 ? "signal " . ($? & 127) : $? >> 8;
	(my $comments = $output) =~ s/^/# /mg;
	print "1..1\n";
	if ($status eq '77') {
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
$ENV{KEFU_DATA} = $root;
$ENV{KEFU_TEST_DATA} //= "$root/../shared/data";
$ENV{PATH} = "$build/bin:$build/tools:$ENV{PATH}";
$ENV{CMOCKA_MESSAGE_OUTPUT} = 'TAP';
$ENV{LC_ALL} = 'C.UTF-8';
delete @ENV{qw(TZ KEFU_LEDGER MAKEFLAGS MAKELEVEL)};

# TAP as cmocka 1.1 has it is not quite TAP.
my $cmocka = q{"$0" | sed '/^# ok - /d; s/^not ok \([0-9]* # SKIP\)/ok \1/'; exit ${PIPESTATUS[0]}};
my $harness = TAP::Harness->new({
	jobs => 2,
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
my $results = $harness->runtests(@ARGV);
my $failed = $results->failed;
# A file that died, or ran another number of tests than it planned, has failed even if none of its tests did.
for my $parser ($results->parsers) {
	$failed++ if !$parser->failed && ($parser->exit || $parser->parse_errors);
}
printf "%d skipped\n", scalar $results->skipped if $results->skipped;
printf "%d passed, %d failed\n", $results->passed - $results->skipped, $failed;
exit($failed || !$results->total ? 1 : 0);
