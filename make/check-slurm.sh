#!/bin/bash
# SPDX-License-Identifier: MIT
# Statistics over shards on a real Slurm (make check-slurm).
#   BUILD=build BIN=bin check-slurm.sh
# Starts munged, slurmctld and slurmd of its own, with key, configuration, state, logs and sockets in
# a temporary folder; listens on 127.0.0.1 alone, on free ports; needs neither systemd nor cgroups nor
# root, and leaves a munge or Slurm that this machine may have in peace.  Then it runs the scripts and
# the commands of "On many machines" in gavel-cookbook(7), read from the page itself, on 20,000
# invented records: once undisturbed, once with a shard that is broken, once more when it is repaired.
# Ends with "N passed, N failed, N skipped".  Exit 0: all passed; 1: a check failed, or a daemon did
# not start.  That is 1, too, and not "skipped": who asks for this check must not take silence for a yes.
# shellcheck disable=SC2317 # functions that are called by trap
set -u
cd "$(dirname "$0")/.." || exit 1
page=${COOKBOOK:-man/gavel-cookbook.7.in}
generate=$(realpath "${BUILD:-build}")/generate
PATH=$(realpath "${BIN:-bin}"):$PATH:/usr/sbin:/sbin
GAVEL_SHARE=$PWD/share
page=$(realpath "$page")
export GAVEL_SHARE LC_ALL=C.UTF-8
unset "${!SLURM_@}" "${!SBATCH_@}" "${!SQUEUE_@}" "${!SINFO_@}" "${!SCANCEL_@}"

passed=0
failed=0
daemons=()
work=

pass() {
	passed=$((passed + 1))
	echo "ok: $1"
}
fail() {
	failed=$((failed + 1))
	echo "FAILED: $1"
}
finish() {
	clean_up
	echo "$passed passed, $failed failed, 0 skipped"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
	exit
}
# could_not WHAT [LOG...]: WHAT did not work, and the ends of its logs.
could_not() {
	local log
	fail "$1"
	shift
	for log; do
		[ -s "$log" ] || continue
		echo "  the end of $(basename "$log"):"
		tail -n 12 "$log" | sed 's/^/    /'
	done
	finish
}

# ---- the daemons ----

# A step of a job has left our process group, but SLURM_CONF tells whose it is.
strays() {
	local f
	for f in /proc/[0-9]*/environ; do
		f=${f#/proc/}
		f=${f%/environ}
		[ "$f" = $$ ] || [ "$f" = "$BASHPID" ] ||
			! tr '\0' '\n' 2>/dev/null <"/proc/$f/environ" | grep -qxF "SLURM_CONF=$work/slurm.conf" || echo "$f"
	done 2>/dev/null
}
clean_up() {
	local n pids
	trap - EXIT
	trap '' INT TERM HUP
	[ -n "$work" ] || return 0
	cd /
	# New steps come from slurmd, so that goes first; munged last, as the others ask it.
	for ((n = ${#daemons[@]} - 1; n >= 0; n--)); do
		kill "${daemons[n]}" 2>/dev/null
		for _ in {1..50}; do
			kill -0 "${daemons[n]}" 2>/dev/null || break
			sleep 0.1
		done
		kill -KILL "${daemons[n]}" 2>/dev/null
	done
	wait
	for n in TERM TERM KILL KILL; do
		pids=$(strays)
		[ -n "$pids" ] || break
		# shellcheck disable=SC2086 # numbers
		kill -"$n" $pids 2>/dev/null
		sleep 0.3
	done
	rm -rf "$work"
	work=
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# wait_until SECONDS CMD...: false when the time is up.
wait_until() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.2
	done
}
# Should this script be killed, they go with it.
start() {
	local name=$1
	setpriv --pdeathsig KILL "$@" >"$work/$name.out" 2>&1 &
	daemons+=($!)
}
# started NAME SECONDS CMD...: NAME, the last one started, answers to CMD.
started() {
	local name=$1 end=$((SECONDS + $2))
	shift 2
	until "$@" >/dev/null 2>&1; do
		if ! kill -0 "${daemons[-1]}" 2>/dev/null || [ $SECONDS -ge $end ]; then
			could_not "$name did not start" "$work/$name.out" "$work/$name.log"
		fi
		sleep 0.2
	done
	pass "$name runs"
}

# Below the ports that the kernel gives to clients, which could come between looking and listening.
free_port() {
	local port
	while :; do
		port=$((20000 + RANDOM % 12000))
		[ "$port" != "${1-}" ] || continue
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}
munge_answers() {
	munge -S "$work/munged.socket" -n | unmunge -S "$work/munged.socket"
}
node_idle() {
	[ "$(sinfo -h -o %t)" = idle ]
}

configure() {
	local host me ctl_port node_port
	host=$(hostname -s) me=$(id -un)
	ctl_port=$(free_port)
	node_port=$(free_port "$ctl_port")
	mkdir "$work/state" "$work/spool" || return 1
	(umask 077 && head -c 128 /dev/urandom >"$work/munge.key") || return 1
	cat >"$work/slurm.conf" <<-END
		ClusterName=gavel
		SlurmctldHost=$host(127.0.0.1)
		SlurmctldPort=$ctl_port
		SlurmdPort=$node_port
		CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
		SlurmUser=$me
		SlurmdUser=$me
		AuthType=auth/munge
		AuthInfo=socket=$work/munged.socket
		CredType=cred/munge
		StateSaveLocation=$work/state
		SlurmdSpoolDir=$work/spool
		SlurmctldPidFile=$work/slurmctld.pid
		SlurmdPidFile=$work/slurmd.pid
		SlurmctldLogFile=$work/slurmctld.log
		SlurmdLogFile=$work/slurmd.log
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		JobAcctGatherType=jobacct_gather/none
		AccountingStorageType=accounting_storage/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		SlurmdParameters=config_overrides
		SchedulerParameters=batch_sched_delay=0,sched_interval=2
		ReturnToService=2
		MpiDefault=none
		MailProg=/bin/true
		NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
		PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
	END
	# Slurm 23.02 and later need no cgroups if told so; those before look for the plugin, but ask nothing of it.
	case $(slurmd -V) in
	*\ 1?.* | *\ 2[0-2].*) echo CgroupPlugin=cgroup/v1 ;;
	*) echo CgroupPlugin=disabled ;;
	esac >"$work/cgroup.conf"
	export SLURM_CONF=$work/slurm.conf
}

start_slurm() {
	local need
	for need in munged munge unmunge slurmctld slurmd sbatch squeue sinfo scontrol scancel setpriv; do
		command -v "$need" >/dev/null || could_not "$need is missing (Debian: munge slurmctld slurmd slurm-client)"
	done
	work=$(mktemp -d "${TMPDIR:-/tmp}/gavel-slurm-XXXXXX") || could_not 'no temporary folder'
	chmod 755 "$work" # munged wants its socket to be reachable
	configure || could_not 'the configuration cannot be written'
	start munged --foreground --key-file="$work/munge.key" --socket="$work/munged.socket" \
		--pid-file="$work/munged.pid" --log-file="$work/munged.log" --seed-file="$work/munged.seed" --num-threads=2
	started munged 15 munge_answers
	start slurmctld -D -c
	started slurmctld 30 scontrol ping
	start slurmd -D
	started slurmd 40 node_idle
}

# ---- what the page says ----

# Of the page: a file that it makes with "cat >NAME", or a display that is marked "slurm: NAME".
file_of_page() {
	awk -v begin="\$ cat >$1 <<'END'" '
		$0 == begin { on = 1; next }
		on && $0 == "> END" { exit }
		on { print substr($0, 3) }' "$page"
}
display_of_page() {
	awk -v begin=".\\\\\" slurm: $1" '$0 == begin { on = 1; next } on && /^\.Ed/ { exit } on' "$page"
}
read_page() {
	local f
	for f in map.sbatch final.sbatch; do
		file_of_page $f >"$work/shards/$f"
		[ -s $f ] || could_not "$page has no $f"
	done
	submit=$(display_of_page submit)
	again=$(display_of_page again)
	if [ -z "$submit" ] || [ -z "$again" ]; then could_not "$page does not say how to submit"; fi
	# The single run, with the options of map.sbatch.
	read -ra options <<<"$(sed -n 's/^pipe-stat \(.*\) --map .*/\1/p' map.sbatch)"
	[ ${#options[@]} -gt 0 ] || could_not "$page: map.sbatch has no pipe-stat --map"
}

# ---- the checks ----

# state_of JOB: the states of it or its tasks, and why it waits, without repetitions.
state_of() {
	squeue -h -r -t all -j "$1" -o '%T %r' 2>/dev/null | sort -u
}
is_over() {
	local states
	states=$(state_of "$1") && [ -n "$states" ] && ! grep -qvE '^(COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL|OUT_OF_MEMORY) ' <<<"$states"
}
never_runs() { state_of "$1" | grep -qx 'PENDING DependencyNeverSatisfied'; }
logs_of_jobs() { tail -n 3 ./*.log "$work/slurmctld.log" 2>/dev/null | sed 's/^/    /'; }
same() { # WHAT FILE
	if cmp "$2" one-run.ndjson; then pass "$1"; else
		fail "$1"
		logs_of_jobs
	fi
}
# What the page says, in this shell, as it sets $map and $final.
say_and_run() {
	printf '    %s\n' "${1//$'\n'/$'\n'    }"
	eval "$1" || could_not 'sbatch' "$work/slurmctld.log"
}
ends_well() { # WHAT JOB
	if wait_until 90 is_over "$2" && [ "$(state_of "$2" | sed 's/ .*//')" = COMPLETED ]; then pass "$1"; else
		fail "$1: $(state_of "$2" | tr '\n' ';')"
		logs_of_jobs
	fi
}

undisturbed() {
	local map='' final=''
	echo '== eight tasks and a job that waits for them'
	say_and_run "$submit"
	ends_well 'the tasks of the array end' "$map"
	ends_well 'then the second job' "$final"
	same 'its answer is, byte for byte, that of one run' answer.ndjson
	# shellcheck disable=SC2046 # names without blanks
	pipe-stat --final $(printf '%s\n' state-* | tac) >backwards.ndjson
	same 'the order of states does not matter' backwards.ndjson
	rm -f answer.ndjson state-* ./*.log
}

one_fails() {
	local map='' final=''
	echo '== one shard is broken'
	cp shard-003 "$work/good"
	echo '{"id":' >>shard-003
	say_and_run "$submit"
	if wait_until 90 is_over "$map" && [ "$(state_of "$map" | sed 's/ .*//' | xargs)" = 'COMPLETED FAILED' ] &&
		[ ! -e state-003 ] && [ "$(printf '%s\n' state-* | wc -l)" = 7 ]; then
		pass 'its task fails, the other seven do not'
	else
		fail "its task fails, the other seven do not: $(state_of "$map" | tr '\n' ';')"
	fi
	if wait_until 60 never_runs "$final" && [ ! -e answer.ndjson ]; then
		pass 'the second job does not run: DependencyNeverSatisfied'
	else
		fail "the second job does not run: $(state_of "$final")"
	fi
	echo '== it is repaired'
	cp "$work/good" shard-003
	say_and_run "$again"
	ends_well 'the task runs again' "$map"
	ends_well 'then the second job' "$final"
	same 'its answer is that of one run' answer.ndjson
}

start_slurm
if ! mkdir "$work/shards" || ! cd "$work/shards"; then could_not 'no folder for the shards'; fi
read_page
pipe-stat --map </dev/null >/dev/null 2>&1 || could_not 'pipe-stat has no --map'
if ! "$generate" -n 20000 >cases.ndjson || ! split -n l/8 -d -a 3 cases.ndjson shard- ||
	! pipe-stat "${options[@]}" -o ndjson cases.ndjson >one-run.ndjson; then
	could_not 'there are no records to count'
fi
undisturbed
one_fails
finish
