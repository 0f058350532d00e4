#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# What every page of a site must be, in one pass:  site-check.pl DIR [PREFIX]
# PREFIX: the path of the site's own address.  Pages must be well-formed XML (xmllint --noout) before.  Prints what is wrong.
use strict;
use warnings;
use File::Find;

my ($dir, $prefix) = @ARGV;
my %element = map { $_ => 1 } qw(a article aside body button caption cite code dd desc details div dl dt figcaption figure footer form h1 h2 h3
	head header html input label li link main mark meta nav noscript ol option p pre path rect script section select span strong summary svg
	table tbody td text th thead time title tr ul);
my (@pages, %ids, @named);
find({ no_chdir => 1, wanted => sub { push @pages, $_ if /\.html$/ } }, $dir);
binmode STDOUT;

sub complain { print join(': ', @_), "\n" }

sub decode {
	my $s = shift;
	$s =~ s/&lt;/</g; $s =~ s/&gt;/>/g; $s =~ s/&quot;/"/g; $s =~ s/&#39;/'/g; $s =~ s/&amp;/&/g;
	return $s;
}

# Where an address leads: a file of the site, or nothing to look for.
sub check_address {
	my ($page, $url) = @_;
	if ($url =~ m{^\s*([^/?#]*):}) {
		complain($page, "scheme", $url) unless $1 =~ /^https?$/;
		return;
	}
	my ($path, $part) = $url =~ m{^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$} or return complain($page, 'address', $url);
	my $folder = $page =~ s{[^/]*$}{}r;
	my $file = $path eq '' ? $page : $path =~ m{^/} ? "$dir/" . ($path =~ s{^\Q$prefix\E}{}r) : $folder . $path;
	1 while $file =~ s{(^|/)(?!\.\./)[^/]+/\.\./}{$1};
	-f $file or complain($page, 'leads nowhere', $url);
	push @named, [$page, $file, $part] if defined $part;
}

for my $page (sort @pages) {
	open my $in, '<', $page or die "$page: $!\n";
	binmode $in;
	local $/;
	my $text = <$in>;
	my (%count, $level, %label, @control, @nav, @button);
	complain($page, 'bytes', length $text) if length $text > 51200;
	while ($text =~ m{<([a-zA-Z][\w:-]*)((?:\s+[\w:-]+=(?:'[^']*'|"[^"]*"))*)\s*/?>([^<]*)}g) {
		my ($name, $rest, $inside) = ($1, $2, $3);
		my %at;
		while ($rest =~ m{([\w:-]+)=(?:'([^']*)'|"([^"]*)")}g) {
			complain($page, "twice the attribute", $1) if exists $at{$1};
			$at{$1} = decode($2 // $3);
		}
		$count{$name}++;
		complain($page, 'element', $name) unless $element{$name};
		complain($page, 'attribute', $_) for grep { /^on|^style$|^srcdoc$|^formaction$|^xlink|^ping$/ } keys %at;
		complain($page, 'inline script', $inside) if $name eq 'script' and ($inside ne '' or $at{src} !~ m{^(\.\./|/[\w/]*)*assets/site\.js$});
		check_address($page, $at{$_}) for grep { defined $at{$_} } qw(href src action);
		if (defined $at{id}) {
			complain($page, 'id twice', $at{id}) if $ids{"$page#$at{id}"}++;
		}
		push @named, map { [$page, $page, $_] } map { split / / } grep { defined } @at{qw(aria-labelledby for data-copy)};
		$label{$at{for}} = 1 if $name eq 'label';
		push @control, $at{id} if $name =~ /^(input|select|textarea)$/;
		complain($page, 'navigation without a name') if $name eq 'nav' and !$at{'aria-label'};
		complain($page, 'section without a name') if $name eq 'section' and !$at{'aria-label'} and !$at{'aria-labelledby'};
		complain($page, 'tabindex', $at{tabindex}) if ($at{tabindex} // 0) > 0;
		complain($page, 'picture without a name') if $name eq 'svg' and !($at{role} eq 'img' and $at{'aria-labelledby'});
		complain($page, 'no language') if $name eq 'html' and !$at{lang};
		complain($page, 'policy', $at{content}) if ($at{'http-equiv'} // '') eq 'Content-Security-Policy' and $at{content} ne
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
		$count{policy}++ if $at{'http-equiv'};
		if ($name =~ /^h([1-6])$/) {
			complain($page, "heading $name behind h" . ($level // 0)) if $1 > ($level // 0) + 1;
			$level = $1;
		}
	}
	for (qw(main h1 script policy)) { complain($page, "not one $_", $count{$_} // 0) unless ($count{$_} // 0) == 1 }
	for (qw(header nav footer title)) { complain($page, "no $_") unless $count{$_} }
	complain($page, 'no label', $_ // '') for grep { !defined or !$label{$_} } @control;
	# Links and buttons have words.
	while ($text =~ m{<(a|button)\b[^>]*>(.*?)</\1>}gs) {
		complain($page, 'no words', $1) if $2 =~ s/<[^>]*>//gr =~ /^\s*$/;
	}
}
for (@named) {
	my ($page, $file, $id) = @$_;
	complain($page, 'names no id', $id) unless $ids{"$file#$id"};
}
