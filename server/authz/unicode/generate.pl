#!/usr/bin/perl
# SPDX-FileCopyrightText: 2026 IAM Console contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the Unicode 13.0 tables that templates are defined by:  ./generate.pl > tables.cpp
# Source: the Unicode Character Database inside Debian's perl; what a later version added counts as unassigned.
use strict;
use warnings;
use Unicode::UCD qw(prop_invmap prop_invlist);

my $newest = 13.0;
my %corrected = (0x1734 => 'Mn');    # recategorised in 14.0

my @categories = qw(Cn Cc Cf Co Cs Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc Pd Pe Pf Pi Po Ps Sc Sk Sm So Zl Zp Zs);
my @properties = qw(ASCII_Hex_Digit Bidi_Control Dash Deprecated Diacritic Extender Hex_Digit Hyphen IDS_Binary_Operator
    IDS_Trinary_Operator Ideographic Join_Control Logical_Order_Exception Noncharacter_Code_Point Pattern_Syntax
    Pattern_White_Space Prepended_Concatenation_Mark Quotation_Mark Radical Regional_Indicator Sentence_Terminal
    Soft_Dotted Terminal_Punctuation Unified_Ideograph Variation_Selector White_Space);

# One entry per code point, from an inversion map.
sub expand {
    my ($property) = @_;
    my ($starts, $values) = prop_invmap($property);
    my @out;
    for my $i (0 .. $#$starts) {
        my $end = $i < $#$starts ? $starts->[$i + 1] : 0x110000;
        $end = 0x110000 if $end > 0x110000;
        $out[$_] = $values->[$i] for $starts->[$i] .. $end - 1;
    }
    return \@out;
}

my $age = expand('Age');
my @absent = map { my $a = $age->[$_]; $a =~ /^[\d.]+$/ && $a > $newest ? 1 : 0 } 0 .. 0x10FFFF;

my $category = expand('General_Category');
my $script = expand('Script');
for my $cp (0 .. 0x10FFFF) {
    if ($absent[$cp]) { $category->[$cp] = 'Cn'; $script->[$cp] = 'Unknown'; }
}
$category->[$_] = $corrected{$_} for keys %corrected;

my %used = map { $_ => 1 } @$script;
delete $used{Unknown};
my @scripts = ('Unknown', sort keys %used);

sub transitions {
    my ($name, $values, $names, $shift) = @_;
    my %index = map { $names->[$_] => $_ } 0 .. $#$names;
    my ($last, @out) = ('');
    for my $cp (0 .. 0x10FFFF) {
        next if $values->[$cp] eq $last;
        $last = $values->[$cp];
        push @out, sprintf('0x%x', $cp << $shift | $index{$last});
    }
    printArray("std::uint32_t", $name, @out);
}

sub printArray {
    my ($type, $name, @values) = @_;
    my ($text, $column) = ('', 999);
    for my $value (@values) {
        if ($column + length($value) + 2 > 118) { $text .= "\n   "; $column = 3; }
        $text .= " $value,";
        $column += length($value) + 2;
    }
    print "constexpr $type $name\[\] = {$text\n};\n\n";
}

print <<'EOT';
// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Written by generate.pl; do not edit.
// clang-format off
#include "authz/unicode/tables.h"
#include <iterator>

namespace iam::authz::unicode {

namespace {

EOT
printArray('std::string_view', 'categoryNameList', map { "\"$_\"" } @categories);
printArray('std::string_view', 'scriptNameList', map { "\"$_\"" } @scripts);
transitions('categoryList', $category, \@categories, 5);
transitions('scriptList', $script, \@scripts, 8);

my @bounds;
my @places;
for my $property (@properties) {
    my $offset = @bounds;
    my @list = prop_invlist($property);
    push @list, 0x110000 if @list % 2;
    my @members;
    while (my ($from, $to) = splice(@list, 0, 2)) { push @members, grep { !$absent[$_] } $from .. $to - 1; }
    for my $i (0 .. $#members) {
        push @bounds, sprintf('0x%x', $members[$i]) if $i == 0 || $members[$i - 1] + 1 != $members[$i];
        push @bounds, sprintf('0x%x', $members[$i] + 1) if $i == $#members || $members[$i + 1] != $members[$i] + 1;
    }
    push @places, sprintf('{"%s", %d, %d}', $property, $offset, @bounds - $offset);
}
printArray('std::uint32_t', 'propertyBoundList', @bounds);
printArray('Property', 'propertyList', @places);

my ($starts, $values, undef, $default) = prop_invmap('Simple_Lowercase_Mapping');
my @lower;
for my $i (0 .. $#$starts) {
    next if $values->[$i] eq $default || ref $values->[$i];
    my $end = $i < $#$starts ? $starts->[$i + 1] : 0x110000;
    for my $cp ($starts->[$i] .. $end - 1) {
        push @lower, [$cp, $values->[$i] + $cp - $starts->[$i]] unless $absent[$cp];
    }
}
my @runs;
for my $pair (@lower) {
    my ($cp, $to) = @$pair;
    my $run = $runs[-1];
    if ($run && $to - $cp == $run->[3]) {
        my $step = $cp - $run->[1];
        if ($step <= 2 && ($run->[0] == $run->[1] || $step == $run->[2])) {
            $run->[1] = $cp;
            $run->[2] = $step;
            next;
        }
    }
    push @runs, [$cp, $cp, 1, $to - $cp];
}
printArray('LowerRun', 'lowerRunList', map { sprintf('{0x%x, 0x%x, %d, %d}', @$_) } @runs);

print <<'EOT';
} // namespace

const std::span<const std::string_view> categoryNames = categoryNameList;
const std::span<const std::string_view> scriptNames = scriptNameList;
const std::span<const std::uint32_t> categories = categoryList;
const std::span<const std::uint32_t> scripts = scriptList;
const std::span<const std::uint32_t> propertyBounds = propertyBoundList;
const std::span<const Property> properties = propertyList;
const std::span<const LowerRun> lowerRuns = lowerRunList;

} // namespace iam::authz::unicode
EOT
