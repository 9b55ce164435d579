# The command of the Kubernetes job runs here as a pod would run it: once for each index.

command=$(awk '/- \|$/ { found = 1; next } found && /volumeMounts/ { exit } found' "$here/../../examples/fleet/job.yaml")
[[ $command == *--only* ]] || fail "no command in job.yaml: $command"
mkdir -p "$source"
cp -R "$here/../../migrations" "$source/migrations"
printf 'sqlite:%s\n' "$source/a.db" "$source/b.db" "$source/nowhere/c.db" >"$source/urls"

# pod INDEX: its exit status and its JSON.
pod() {
  local status=0
  env PATH="$(dirname "$RETORT_TOOL"):$PATH" MIGRATIONS="$source/migrations" DATABASES="$source/urls" \
    JOB_COMPLETION_INDEX="$1" sh -c "$command" >"$source/pod" 2>&1 || status=$?
  echo "$status $(grep -o '"outcome": "[a-z]*"' "$source/pod")"
}

[[ $(pod 0) == '0 "outcome": "upgraded"' ]] || fail "$(cat "$source/pod")"
[[ $(pod 0) == '0 "outcome": "current"' ]] || fail "$(cat "$source/pod")"
[[ $(pod 1) == '0 "outcome": "upgraded"' ]] || fail "$(cat "$source/pod")"
[[ $(pod 2) == '3 "outcome": "failed"' ]] || fail "$(cat "$source/pod")"
[[ -s $source/a.db && -s $source/b.db ]] || fail "no databases"
