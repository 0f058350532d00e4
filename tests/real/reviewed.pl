#!/usr/bin/env perl
# SPDX-License-Identifier: MIT
# reviewed.pl ORIGINAL REDACTED SCANNED REVIEWED: precision of the maps of judgments that were looked at, row by row, and recall
# of the spans that are listed for them.  Digests alone leave it, never a text.
#   reviewed.pl --digests REDACTED: what REVIEWED would have a line for: id, digest, kind and text
use strict;
use warnings;
use Digest::SHA 'sha256_hex';
use JSON::PP;

sub rows {
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	return map { decode_json($_) } <$in>;
}

# Of the bytes of "ID KIND TEXT".
sub digest {
	my ($id, $row) = @_;
	my $said = "$id\t$row->{kind}\t$row->{text}";
	utf8::encode($said);
	return sha256_hex($said);
}

binmode STDOUT, ':utf8';
if ($ARGV[0] eq '--digests') {
	for my $r (rows($ARGV[1])) {
		print join("\t", $r->{id}, digest($r->{id}, $_), $_->{kind}, $_->{text} =~ s/\s/ /gr), "\n" for @{ $r->{map} };
	}
	exit;
}

my ($original, $redacted, $scanned, $reviewed) = @ARGV;
my (%verdict, %seen, %in_map, %flagged, %count);
open my $in, '<', $reviewed or die "$reviewed: $!\n";
while (<$in>) {
	next if /^#/;
	chomp;
	my ($id, $digest, $right) = split /\t/;
	$verdict{$digest} = $right;
}
for my $r (rows($redacted)) {
	for my $row (@{ $r->{map} }) {
		my $verdict = $verdict{ digest($r->{id}, $row) } // 'not reviewed';
		$count{$verdict}++;
		$seen{ digest($r->{id}, $row) } = 1;
		push @{ $in_map{ $r->{id} } }, $row->{text};
		print "$verdict: a $row->{kind} of $r->{id}\n" if $verdict ne 'right';
	}
}
push @{ $flagged{ $_->{facts}{id} } }, $_->{facts}{text} for rows($scanned);
printf "# precision %d of %d; reviewed and gone: %d\n", $count{right} // 0, scalar(keys %seen), scalar(grep { !$seen{$_} } keys %verdict);

my (%listed, %hidden, %asked);
for my $r (rows($original)) {
	for my $span (@{ $r->{pii_spans} }) {
		my ($from, $to, $kind) = @$span;
		my $text = substr $r->{text}, $from, $to - $from;
		next if $kind eq 'PERSON:official'; # who is seen
		$listed{$kind}++;
		if (grep { index($_, $text) >= 0 } @{ $in_map{ $r->{id} } // [] }) { $hidden{$kind}++ }
		elsif (grep { index($_, $text) >= 0 || index($text, $_) >= 0 } @{ $flagged{ $r->{id} } // [] }) { $asked{$kind}++ }
	}
}
printf "# recall %-20s %4d hidden, %4d asked about, of %4d\n", $_, $hidden{$_} // 0, $asked{$_} // 0, $listed{$_} for sort keys %listed;
my ($all, $found) = (0, 0);
$all += $listed{$_}, $found += ($hidden{$_} // 0) + ($asked{$_} // 0) for keys %listed;
printf "recall %d of 1000\n", 1000 * $found / $all;
