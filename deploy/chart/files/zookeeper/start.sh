#!/bin/sh
# Starts one server: its number is that of its pod, counted from one.
set -eu

number=${POD_NAME##*-}
echo $((number + 1)) >/data/myid
exec zkServer.sh --config /etc/whirl-zookeeper start-foreground
