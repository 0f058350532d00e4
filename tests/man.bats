#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The man pages: well-formed, complete, and every example does what the page says.
load helper
load man-fixture.sh

setup() {
	common_setup
	# So that histories look the same in every run.
	export GIT_AUTHOR_DATE='2022-06-30T09:30:00+08:00' GIT_COMMITTER_DATE='2022-06-30T09:30:00+08:00'
}

@test "mandoc has nothing to say against them" {
	command -v mandoc >/dev/null || skip 'mandoc is not installed'
	for page in "$ROOT"/man/*.in; do
		run_ok mandoc -T lint -W warning "${page%.in}"
		is "$output" ''
	done
}

@test "every subcommand, option and set of options is told in a page" {
	run_ok "$ROOT/make/docs.sh"
	is "$output" ''
	is "$stderr" ''
}

examples_of() {
	man_examples "$ROOT/man/$1.in"
}

@test "examples of court-id(1)" { examples_of court-id.1; }
@test "examples of court-date(1)" { examples_of court-date.1; }
@test "examples of pipe-stat(1)" { examples_of pipe-stat.1; }
@test "examples of case-audit(1)" { examples_of case-audit.1; }
@test "examples of case-file(1)" { examples_of case-file.1; }
@test "examples of case-publish(1)" { examples_of case-publish.1; }
@test "examples of case-bundle(1)" { examples_of case-bundle.1; }
@test "examples of mediate(1)" { examples_of mediate.1; }
@test "examples of mediator(1)" { examples_of mediator.1; }
@test "examples of seize-check(1)" { examples_of seize-check.1; }
@test "examples of credit-repair(1)" { examples_of credit-repair.1; }
@test "examples of seizure(1)" { examples_of seizure.1; }
@test "examples of gavel(7)" { examples_of gavel.7; }
@test "examples of gavel-docket(5)" { examples_of gavel-docket.5; }
@test "examples of gavel-cookbook(7)" { examples_of gavel-cookbook.7; }
