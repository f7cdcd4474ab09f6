#!/bin/bash
# Whether this broker serves. It is asked which brokers there are (Kafka's request Metadata, version 1, for no topic), and
# must be one of them: one that only listens still reads its logs, finds no quorum, or has not been let in.
set -euo pipefail

number=${POD_NAME##*-}
exec 3<>/dev/tcp/127.0.0.1/9092
# its length, which request, its version, a number that comes back, no name of a client, no topics
printf '\0\0\0\16\0\3\0\1\0\0\0\7\377\377\0\0\0\0' >&3

# read_hex BYTES
read_hex() {
    dd bs=1 count="$1" <&3 2>/dev/null | od -An -v -tx1 | tr -d ' \n'
}

# take BYTES: the next number of the answer
take() {
    value=$((16#${answer:at:$(($1 * 2))}))
    at=$((at + $1 * 2))
}

length=$((16#$(read_hex 4)))
answer=$(read_hex "$length")
at=8 # behind the number that came back
take 4
brokers=$value
for ((i = 0; i < brokers; i++)); do
    take 4
    if [ "$value" = "$number" ]; then
        exit 0
    fi
    take 2
    at=$((at + value * 2)) # the host
    take 4                 # the port
    take 2
    [ "$value" = 65535 ] || at=$((at + value * 2)) # the rack, if there is one
done
echo "the $brokers brokers that there are do not include $number" >&2
exit 1
