#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# A folder over HTTP on a port of its own, for browsers in tests:  serve.pl DIR PORTFILE
# Files only, GET only, one process a connection; ends when its parent does.
use strict;
use warnings;
use IO::Socket::INET;

my ($dir, $portfile) = @ARGV;
my %types = (html => 'text/html; charset=utf-8', css => 'text/css', js => 'text/javascript', json => 'application/json', svg => 'image/svg+xml', xml => 'application/xml');
my $socket = IO::Socket::INET->new(Listen => 64, LocalAddr => '127.0.0.1', ReuseAddr => 1) or die "serve.pl: $!\n";
my $parent = getppid;
$SIG{CHLD} = 'IGNORE';
open my $out, '>', "$portfile.new" or die "serve.pl: $portfile: $!\n";
print $out $socket->sockport, "\n";
close $out;
rename "$portfile.new", $portfile;

while (getppid == $parent) {
	my $ready = '';
	vec($ready, fileno $socket, 1) = 1;
	next unless select($ready, undef, undef, 1) > 0;
	my $client = $socket->accept or next;
	if (fork) {
		close $client;
		next;
	}
	my $request = <$client> // '';
	while (defined(my $line = <$client>)) { last if $line =~ /^\r?$/ }
	my ($path) = $request =~ m{^GET /([^ ?]*)};
	my $file = "$dir/" . ($path // '');
	my $found = defined $path && $path !~ /\.\./ && -f $file;
	$file = "$dir/404.html" unless $found;
	my ($end) = $file =~ /\.(\w+)$/;
	open my $in, '<', $file or exit 1;
	binmode $in;
	local $/;
	my $body = <$in>;
	printf $client "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", $found ? '200 OK' : '404 Not Found', $types{$end} // 'application/octet-stream', length $body;
	print $client $body;
	exit 0;
}
