#!/usr/bin/perl
# Runs the examples of a manual page or of a document (NAME.md) in the working directory, as one shell session, and
# compares what they print and their exit status with what stands there. Prints the difference; knows nothing of kefu.
# Usage: tests/examples.pl FILE
#
# In a page, examples are the lines of a literal display that begin with "$ " ("> " continues one); the lines after
# them are what they print. In a document likewise in ```console blocks; a ```diff block is applied to the files it
# names. A ".Dl $ ..." alone promises only success. A command succeeds, unless the next one is "echo $?" and shows what
# it returned. Comments speak to this program:
#   file: NAME     the block that follows is added to that file first
#   clock: TIME    what follows happens then: $CLOCK for the commands
# In pages they stand behind .\", in documents in <!-- -->.
use strict;
use warnings;
use Encode qw(decode_utf8);
binmode STDOUT, ':encoding(UTF-8)';

my $file = $ARGV[0] or die "usage: $0 FILE\n";
open my $in, '<:encoding(UTF-8)', $file or die "$file: $!\n";
my @lines = <$in>;
close $in;
chomp @lines;

my $page = $file =~ /\.[1-8]$/;
my ($begin, $end) = $page ? (qr/^\.Bd -literal/, qr/^\.Ed/) : (qr/^```(\w+)$/, qr/^```$/);
my $comment = $page ? qr/^\.\\" (file|clock): (.+)$/ : qr/^<!-- (file|clock): (.+) -->$/;

# What a line of a page looks like to its reader.
sub shown {
	my ($line) = @_;
	return $line unless $page;
	my %characters = (e => '\\', '-' => '-', '&' => '', '(dq' => '"', '(aq' => "'", '(ga' => '`', '(ti' => '~', '(ha' => '^');
	$line =~ s/\\(e|-|&|\((?:dq|aq|ga|ti|ha))/$characters{$1}/g;
	return $line;
}

my ($expected, $script, $named, @commands) = ('', '', undef);

# Adds a command that prints OUTPUT; undef: whatever it likes.
sub command {
	my ($typed, $output) = @_;
	push @commands, {typed => $typed, output => $output};
}

sub block {
	my ($language, @block) = @_;
	@block = map { shown($_) } @block;
	my $text = join('', map { "$_\n" } @block);
	if (defined $named || $language eq 'diff') {
		push @commands, {file => $named, text => $text};
		return;
	}
	return if !$page && $language ne 'console';
	my @run;
	for my $line (@block) {
		if ($line =~ /^\$ (.*)/) {
			push @run, {typed => [$1], output => ''};
		} elsif (@run && $line =~ /^> (.*)/ && $run[-1]{output} eq '') {
			push @{$run[-1]{typed}}, $1;
		} elsif (@run) {
			$run[-1]{output} .= "$line\n";
		}
	}
	command($_->{typed}, $_->{output}) for @run;
}

for (my $i = 0; $i < @lines; $i++) {
	if ($lines[$i] =~ $comment) {
		$1 eq 'file' ? $named = $2 : push @commands, {clock => $2};
	} elsif ($lines[$i] =~ /^\.Dl (\$ .*)/) {
		(my $typed = shown($1)) =~ s/^\$ //;
		command([$typed], undef);
	} elsif ($lines[$i] =~ $begin) {
		my @block = ($page ? '' : $1);
		push @block, $lines[$i] while ++$i < @lines && $lines[$i] !~ $end;
		block(@block);
		undef $named;
	}
}

sub quoted {
	my ($text) = @_;
	$text =~ s/'/'\\''/g;
	return "'$text'";
}

$script = "exec 2>&1 </dev/null\nstatus=0\nset_status() { return \$status; }\n";
for my $i (0 .. $#commands) {
	my %one = %{$commands[$i]};
	if (exists $one{clock}) {
		$script .= "export CLOCK=" . quoted($one{clock}) . "\n";
		next;
	}
	if (exists $one{text} && !defined $one{file}) {
		$script .= 'printf %s ' . quoted($one{text}) . " | git apply --recount -\n";
		next;
	}
	if (exists $one{file}) {
		$script .= "mkdir -p " . quoted($one{file} =~ m{^(.*)/} ? $1 : '.') . "\nprintf %s " . quoted($one{text}) . ' >>' . quoted($one{file}) . "\n";
		next;
	}
	my $shown = '$ ' . join("\n> ", @{$one{typed}}) . "\n";
	my $next = $commands[$i + 1];
	my $told = $next && $next->{typed} && $next->{typed}[0] =~ /\becho \$\?/;
	$expected .= $shown . ($one{output} // '');
	$script .= 'printf %s ' . quoted($shown) . "\nset_status\neval " . quoted(join("\n", @{$one{typed}})) .
		(defined $one{output} ? '' : ' >/dev/null 2>&1') . "\nstatus=\$?\n";
	$script .= "((status)) && echo \"(exit \$status)\"\n" unless $told;
}

open my $run, '>:encoding(UTF-8)', '.examples.sh' or die ".examples.sh: $!\n";
print $run $script;
close $run;
my $got = decode_utf8(qx{bash .examples.sh});
s/\.yaml:\d+/.yaml:N/g for $got, $expected; # which line a rule stands in is of no interest
exit 0 if $got eq $expected;
for (['.expected', $expected], ['.got', $got]) {
	open my $out, '>:encoding(UTF-8)', $_->[0] or die "$_->[0]: $!\n";
	print $out $_->[1];
	close $out;
}
print decode_utf8(qx{diff -u --label 'as it stands in $file' --label 'as it runs' .expected .got});
exit 1;
