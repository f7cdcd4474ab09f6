#!/bin/bash
# Whether this server serves: without the others it answers too, but has no mode.
set -eu

exec 3<>/dev/tcp/127.0.0.1/2181
printf srvr >&3
grep '^Mode: ' <&3
