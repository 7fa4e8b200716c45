#!/usr/bin/perl
# perl encoded.pl PORT: rpc/encoded as SOAP::Lite does it, which knows no WSDL: types from the values, and names
# like `s-gensym3` for what comes back.
use strict;
use warnings;
use SOAP::Lite;
use SOAP::Transport::HTTP;

package Zoo;

sub keepers {
    my ($class, $ids) = @_;
    my $chief = SOAP::Data->value({ name => 'Boss & Co', age => 60 })->type('Keeper');
    my @keepers = map { SOAP::Data->value({ name => "K$_", age => $_, chief => $chief }) } @$ids;
    return [@keepers, $chief];
}

sub describe {
    my ($class, $keeper, $extra) = @_;
    my @names = ($keeper->{name});
    for (my $chief = $keeper->{chief}; $chief; $chief = $chief->{chief}) {
        push @names, $chief->{name};
    }
    push @names, (ref($extra) || 'scalar') . ' ' . (ref $extra eq 'ARRAY' ? "@$extra" : $extra);
    return ([map { SOAP::Data->type(string => $_) } @names], SOAP::Data->name(count => scalar @names)->type('int'));
}

package main;
my $port = shift || 8808;
# A connection that is kept alive would block all others.
no warnings 'redefine';
my $request = \&HTTP::Daemon::ClientConn::get_request;
*HTTP::Daemon::ClientConn::get_request = sub {
    my $got = $request->(@_);
    $_[0]->force_last_request;
    $got;
};
SOAP::Transport::HTTP::Daemon->new(LocalAddr => '127.0.0.1', LocalPort => $port, ReuseAddr => 1)
    ->dispatch_with({ 'urn:example:rpc-encoded' => 'Zoo' })
    ->on_action(sub { })
    ->handle;
