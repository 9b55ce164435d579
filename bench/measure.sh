# Measuring for bench/run: medians of several runs, alternating, so that what else the machine does meets all of them.
# Sourced.

declare -A time_of
missed=0
prepare=:

# measure FUNCTION: runs it and notes its time. The function that $prepare names runs before and is not measured.
measure() {
  local start end
  $prepare
  start=${EPOCHREALTIME/[.,]/}
  $1
  end=${EPOCHREALTIME/[.,]/}
  echo $((end - start)) >>"times.$1"
}

# alternate ROUNDS FUNCTION...: measures each in turn, ROUNDS times, after one round that does not count.
alternate() {
  local rounds=$1 round function
  shift
  for ((round = 0; round <= rounds; round++)); do
    for function; do
      [[ $round != 0 ]] || rm -f "times.$function"
      measure "$function"
      [[ $round != 0 ]] || rm "times.$function"
    done
  done
}

# once FUNCTION: measures it in one round, for what takes long.
once() {
  rm -f "times.$1"
  measure "$1"
}

# median FUNCTION: in microseconds.
median() {
  sort -n "times.$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

heading() {
  echo "| measured | Retort | compared with | ratio | at most | |"
  echo "| --- | ---: | ---: | ---: | ---: | --- |"
}

# rescale WHAT TIME OTHER LIMIT: a row of two times in microseconds.
rescale() {
  local verdict
  verdict=$(awk -v a="$2" -v b="$3" -v limit="$4" 'BEGIN { print a <= limit * b ? "kept" : "missed" }')
  [[ $verdict == kept ]] || missed=1
  awk -v what="$1" -v a="$2" -v b="$3" -v limit="$4" -v verdict="$verdict" \
    'BEGIN { printf "| %s | %.1f ms | %.1f ms | %.2f | %s | %s |\n", what, a / 1000, b / 1000, a / b, limit, verdict }'
}

# row WHAT FUNCTION OTHER LIMIT
row() {
  rescale "$1" "$(median "$2")" "$(median "$3")" "$4"
}

# beyond WHAT FUNCTION OTHER MILLISECONDS: what FUNCTION takes more than OTHER.
beyond() {
  local time other verdict=kept
  time=$(median "$2") other=$(median "$3")
  ((time - other <= $4 * 1000)) || { verdict=missed missed=1; }
  awk -v what="$1" -v a="$time" -v b="$other" -v limit="$4" -v verdict="$verdict" \
    'BEGIN { printf "| %s | %.1f ms | %.1f ms | %+.1f ms | %d ms | %s |\n", what, a / 1000, b / 1000, (a - b) / 1000, limit, verdict }'
}

# within WHAT TIME OTHER MILLISECONDS: two times in microseconds, of which the first has a limit.
within() {
  local verdict=kept
  (($2 <= $4 * 1000)) || { verdict=missed missed=1; }
  awk -v what="$1" -v a="$2" -v b="$3" -v limit="$4" -v verdict="$verdict" \
    'BEGIN { printf "| %s | %.2f ms | %.2f ms | %.2f | %d ms | %s |\n", what, a / 1000, b / 1000, a / b, limit, verdict }'
}

# usage WHAT FUNCTION OTHER: of programs that print their CPU time in milliseconds and their peak memory in KiB.
usage() {
  local function values=()
  for function in "$2" "$3"; do
    values+=("$(sort -n "usage.$function" |
      awk '{ time[NR] = $1; if ($2 > peak) peak = $2 }
           END { printf "%d ms, %.1f MiB", time[int((NR + 1) / 2)], peak / 1024 }')")
  done
  echo "| $1 | ${values[0]} | ${values[1]} | | | |"
}

# limit_time WHAT MICROSECONDS LIMIT
limit_time() {
  local verdict=kept
  (($2 <= $3)) || { verdict=missed missed=1; }
  echo "| $1 | $2 µs | | | $3 µs | $verdict |"
}

# limit WHAT FUNCTION [MILLISECONDS]
limit() {
  local time verdict=
  time=$(median "$2")
  if [[ -n ${3-} ]]; then
    verdict=kept
    ((time <= $3 * 1000)) || { verdict=missed missed=1; }
  fi
  awk -v what="$1" -v time="$time" -v limit="${3:+$3 ms}" -v verdict="$verdict" \
    'BEGIN { printf "| %s | %.1f ms | | | %s | %s |\n", what, time / 1000, limit, verdict }'
}

footer() {
  echo
  echo "$(uname -sm), $(nproc) processors ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)); \
$("$retort" --version), $(sqlite3 --version | awk '{ print "SQLite", $1 }'), $(psql --version), $(cmake --version | head -n 1), \
ninja $(ninja --version)"
}
