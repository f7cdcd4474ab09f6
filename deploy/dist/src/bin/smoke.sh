#!/bin/sh
# Tries what a platform must be able to do, against a running one: an action, a web action, a trigger with a rule, an API,
# the packages of whisk.system. Takes away what it made.
set -eu

bin=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)

usage() {
    cat <<'TEXT'
Usage: whirl smoke [--apihost URL] [--packages] [--no-api]
Tries a running platform: an action, a web action, a trigger with a rule, an API. Ends at the first thing that fails.

      --apihost URL   The platform. Default: what wsk is set to.
      --packages      Try the packages of whisk.system instead.
      --no-api        Leave out the API, for platforms without a gateway.
  -h, --help          Show this help and exit.

The caller's key is taken from WHISK_AUTH, or from what wsk is set to.

Examples:
  whirl smoke
  WHISK_AUTH=UUID:KEY whirl smoke --apihost http://localhost:3233 --packages

Exit codes: 0 all works, 1 something does not, 2 wrong usage.
TEXT
}

wrong() {
    echo "whirl smoke: $1. See: whirl smoke --help" >&2
    exit 2
}

apihost=
packages=
api=yes
while [ $# -gt 0 ]; do
    case $1 in
        --apihost)
            [ $# -ge 2 ] || wrong "$1 needs a value"
            apihost=$2
            shift
            ;;
        --apihost=*) apihost=${1#*=} ;;
        --packages) packages=yes ;;
        --no-api) api= ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) wrong "there is no option '$1'" ;;
    esac
    shift
done

# A configuration of its own, which only its owner may read.
umask 077
folder=$(mktemp -d)
settings=${WSK_CONFIG_FILE:-${HOME:-}/.wskprops}
[ ! -f "$settings" ] || cp "$settings" "$folder/.wskprops"
WSK_CONFIG_FILE=$folder/.wskprops
export WSK_CONFIG_FILE
if [ -n "$apihost" ]; then
    WHISK_APIHOST=$apihost
    export WHISK_APIHOST
else
    apihost=$("$bin/wsk" property get --apihost --output raw 2>/dev/null || :)
    [ -n "$apihost" ] || wrong "no platform is named, and wsk is set to none"
fi
case $apihost in
    http*) ;;
    *) apihost=https://$apihost ;;
esac

wsk() {
    "$bin/wsk" "$@"
}

clean() {
    wsk rule delete whirl-smoke-rule
    wsk trigger delete whirl-smoke-trigger
    [ -z "$api" ] || wsk api delete /whirl-smoke
    wsk action delete whirl-smoke
}

end() {
    code=$?
    trap - EXIT INT TERM
    [ -n "$packages" ] || clean >/dev/null 2>&1 || :
    [ $code = 0 ] || echo "FAILED: ${step:-start}"
    rm -rf "$folder"
    exit $code
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# try WHAT COMMAND...: shows what the command prints only if it fails.
try() {
    step=$1
    shift
    if ! "$@" >"$folder/said" 2>&1; then
        cat "$folder/said"
        return 1
    fi
    echo "ok      $step"
}

# says TEXT COMMAND...: whether what a command prints contains a text.
says() {
    text=$1
    shift
    said=$("$@" 2>&1) || {
        echo "$said"
        return 1
    }
    case $said in
        *"$text"*) ;;
        *)
            echo "expected $text, got: $said"
            return 1
            ;;
    esac
}

answers() {
    "$bin/whirl" wait "$1" --for 20s
}

# The record of what a rule started comes a little later.
rule_ran() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        says '"from-trigger"' wsk activation list whirl-smoke --limit 1 --full >"$folder/record" 2>&1 && return 0
        sleep 1
    done
    cat "$folder/record"
    return 1
}

try "the platform answers" answers "$apihost/ping"
if [ -n "$packages" ]; then
    for package in utils samples alarms webhooks messaging; do
        try "package $package" wsk package get "/whisk.system/$package" --summary
    done
    try "an action of a package runs" says '"lines"' wsk action invoke /whisk.system/utils/split -r -p payload a,b -p separator ,
    step=
    exit 0
fi

clean >/dev/null 2>&1 || : # what an interrupted one left
cat >"$folder/smoke.js" <<'CODE'
function main({name, from}) {
    return {body: 'hello ' + (name || 'world'), greeting: 'hello ' + (name || 'world'), from: from || 'nobody'}
}
CODE
try "an action is made" wsk action create whirl-smoke "$folder/smoke.js" --kind nodejs:default --web true
try "it is listed" says whirl-smoke wsk action list
try "it runs" says '"hello Ada"' wsk action invoke whirl-smoke -r -p name Ada
namespace=$(wsk namespace list | sed -n 2p)
try "its web address answers" answers "$apihost/api/v1/web/$namespace/default/whirl-smoke.http"
try "a trigger is made" wsk trigger create whirl-smoke-trigger
try "a rule is made" wsk rule create whirl-smoke-rule whirl-smoke-trigger whirl-smoke
try "the trigger is fired" wsk trigger fire whirl-smoke-trigger -p from from-trigger
try "the rule ran the action" rule_ran
if [ -n "$api" ]; then
    try "an API is made" wsk api create /whirl-smoke /greet get whirl-smoke --response-type http
    address=$(sed -n 's|^http[s]*://[^/]*\(/api/.*\)$|\1|p' "$folder/said" | head -n 1)
    try "the API answers" answers "$apihost$address"
fi
step=
