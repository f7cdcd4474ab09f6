#!/bin/sh
# The story of Whirl in seven chapters, played against a running server: every command is shown as it runs, and what
# follows it is what it printed. Takes away what it made, also when it is interrupted.
set -eu

bin=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)

usage() {
    cat <<'TEXT'
Usage: whirl demo [--pause] [--apihost URL] [--auth UUID:KEY]
Shows what Whirl does, on a running server: actions, a sequence, a trigger, an alarm, a web action, an API, records.

      --pause           Wait for Enter before each chapter.
      --apihost URL     The server. Default: what wsk is set to.
      --auth UUID:KEY   Who calls. Default: what wsk is set to.
  -h, --help            Show this help and exit.

Examples:
  whirl demo
  whirl demo --pause
  whirl demo --apihost http://localhost:3233 --auth UUID:KEY

Exit codes: 0 told to the end, 1 a command failed, 2 wrong usage.
TEXT
}

wrong() {
    echo "whirl demo: $1. See: whirl demo --help" >&2
    exit 2
}

pause=
apihost=
auth=
while [ $# -gt 0 ]; do
    case $1 in
        --pause) pause=yes ;;
        --apihost | --auth)
            [ $# -ge 2 ] || wrong "$1 needs a value"
            if [ "$1" = --apihost ]; then apihost=$2; else auth=$2; fi
            shift
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) wrong "there is no option '$1'" ;;
    esac
    shift
done
if [ -n "$pause" ] && ! { : </dev/tty; } 2>/dev/null; then
    wrong "--pause needs a terminal"
fi

bold=
plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m')
    plain=$(printf '\033[0m')
fi

# A configuration of its own, which only its owner may read: a key on a command line could be read by everybody here.
folder=$(mktemp -d)
settings=${WSK_CONFIG_FILE:-$HOME/.wskprops}
[ ! -f "$settings" ] || cp "$settings" "$folder/.wskprops"
WSK_CONFIG_FILE=$folder/.wskprops
export WSK_CONFIG_FILE
umask 077
touch "$WSK_CONFIG_FILE"
for setting in "APIHOST=$apihost" "AUTH=$auth"; do
    if [ -n "${setting#*=}" ]; then
        grep -v "^${setting%%=*}=" "$WSK_CONFIG_FILE" >"$folder/other" || :
        { cat "$folder/other"; echo "$setting"; } >"$WSK_CONFIG_FILE"
        unset "WHISK_${setting%%=*}" "__OW_API_${setting%%=*}" 2>/dev/null || :
    fi
done

wsk() {
    "$bin/wsk" "$@"
}

clean() {
    for rule in whirl-demo-welcome whirl-demo-every; do wsk rule delete $rule; done
    for trigger in whirl-demo-visitor whirl-demo-tick; do wsk trigger delete $trigger; done
    wsk api delete /whirl-demo
    for action in loudly shout hello; do wsk action delete whirl-demo/$action; done
    wsk package delete whirl-demo
}

end() {
    code=$?
    trap - EXIT INT TERM
    clean >/dev/null 2>&1 || :
    rm -rf "$folder"
    exit $code
}

if ! wsk namespace list >"$folder/said" 2>&1; then
    cat "$folder/said" >&2
    echo "whirl demo: no server answers. Start one with 'whirl up', and give --apihost and --auth, or set them:" >&2
    echo "  wsk property set --apihost http://localhost:3233 --auth UUID:KEY" >&2
    rm -rf "$folder"
    exit 1
fi
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
clean >/dev/null 2>&1 || : # what an interrupted one left

chapter=0
tell() {
    chapter=$((chapter + 1))
    if [ -n "$pause" ] && [ $chapter -gt 1 ]; then
        printf '\n(Enter goes on) '
        read -r _ </dev/tty
    fi
    printf '\n%s%d. %s%s\n' "$bold" $chapter "$1" "$plain"
}

# Shows a command and runs it.
show() {
    line=
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./:=@%,+-]*) line="$line '$word'" ;;
            *) line="$line $word" ;;
        esac
    done
    printf '%s$%s%s\n' "$bold" "$line" "$plain"
    "$@"
}

# Waits until an action was run by its rule, so often.
await() {
    tries=0
    until [ "$(wsk activation list "whirl-demo/$1" --limit 50 2>/dev/null | grep -c "$1")" -ge "$2" ]; do
        tries=$((tries + 1))
        if [ $tries -gt 150 ]; then
            echo "whirl demo: '$1' was not run within half a minute" >&2
            exit 1
        fi
        sleep 0.2
    done
}

cd "$folder"
cat >hello.js <<'CODE'
const main = ({ name = 'world' }) => {
  console.log(`somebody greets ${name}`)
  return { greeting: `Hello, ${name}!` }
}
CODE
cat >shout.py <<'CODE'
def main(args):
    return {"greeting": args["greeting"].upper()}
CODE

tell "A function, and its answer"
show cat hello.js
show wsk package create whirl-demo
show wsk action create whirl-demo/hello hello.js
show wsk action invoke whirl-demo/hello --result --param name Ada

tell "Two functions in a row, in two languages"
show cat shout.py
show wsk action create whirl-demo/shout shout.py
show wsk action create whirl-demo/loudly --sequence whirl-demo/hello,whirl-demo/shout
show wsk action invoke whirl-demo/loudly --result --param name Ada

tell "An event: whoever fires the trigger knows nothing of the function"
before=$(wsk activation list whirl-demo/hello --limit 50 | grep -c hello || :)
show wsk trigger create whirl-demo-visitor
show wsk rule create whirl-demo-welcome whirl-demo-visitor whirl-demo/hello
show wsk trigger fire whirl-demo-visitor --param name Grace
await hello $((before + 1))
show wsk activation list whirl-demo/hello --limit 3

tell "An alarm: the same, every second"
show wsk trigger create whirl-demo-tick --feed /whisk.system/alarms/alarm --param cron '* * * * * *'
show wsk rule create whirl-demo-every whirl-demo-tick whirl-demo/hello
await hello $((before + 2))
show wsk activation list whirl-demo/hello --limit 3
show wsk rule disable whirl-demo-every

tell "A function with an address of its own"
show wsk action update whirl-demo/hello --web true
address=$(wsk action get whirl-demo/hello --url | tail -n 1)
show curl --silent --show-error --fail "$address.json?name=Linus"
echo

tell "An API, with a path that you choose"
show wsk api create /whirl-demo /greet get whirl-demo/hello --response-type json >created
cat created
api=$(grep -o 'http[^ ]*/whirl-demo/greet' created | tail -n 1)
show curl --silent --show-error --fail "$api?name=Margaret"
echo

tell "Everything left a record, with its logs"
show wsk activation list --limit 8
show wsk activation logs --last

printf '\n%sThat was it.%s What was made is taken away again.\n' "$bold" "$plain"
