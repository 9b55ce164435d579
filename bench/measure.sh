# Measuring for bench/run: medians of several runs, alternating, so that what else the machine does meets all of them.
# Sourced.

declare -A time_of
missed=0
prepare=:

# alternate ROUNDS FUNCTION...: runs each in turn, ROUNDS times, after one round that does not count. The function that
# $prepare names runs before each and is not measured.
alternate() {
  local rounds=$1 round function start end
  shift
  for function; do
    : >"times.$function"
  done
  for ((round = 0; round <= rounds; round++)); do
    for function; do
      $prepare
      start=${EPOCHREALTIME/[.,]/}
      $function
      end=${EPOCHREALTIME/[.,]/}
      [[ $round == 0 ]] || echo $((end - start)) >>"times.$function"
    done
  done
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
    'BEGIN { printf "| %s | %.1f ms | %.1f ms | %.2f | %.1f | %s |\n", what, a / 1000, b / 1000, a / b, limit, verdict }'
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
