#!/bin/sh
# Starts one broker: takes its number from its pod's name, its own addresses, and a formatted folder where there is none.
set -eu

number=${POD_NAME##*-}
properties=/tmp/server.properties
cp /etc/whirl-kafka/server.properties "$properties"
add() { echo "$1" >>"$properties"; }

add "advertised.listeners=PLAINTEXT://$POD_NAME.$BROKERS:9092"
if [ -n "${CLUSTER_ID:-}" ]; then
    add "node.id=$number"
    if [ "$number" -lt "$VOTERS" ]; then
        add "process.roles=broker,controller"
        add "listeners=PLAINTEXT://:9092,CONTROLLER://:9093"
    else
        add "process.roles=broker"
        add "listeners=PLAINTEXT://:9092"
    fi
    "$KAFKA_HOME/bin/kafka-storage.sh" format --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$properties"
else
    add "broker.id=$number"
    add "listeners=PLAINTEXT://:9092"
fi
exec "$KAFKA_HOME/bin/kafka-server-start.sh" "$properties"
