# Sets JAVA to the `java` of a Java 25 or newer: JAVA_HOME first, then the usual folders, then the PATH. Sourced by whirl and wsk.

java_major() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

# Whether that `java` belongs to a JDK, which can compile.
has_compiler() {
    [ -x "$(dirname "$(readlink -f "$1")")/javac" ]
}

# find_java [jdk]: anything that runs programs will do, or only what can build them.
find_java() {
    runs=
    for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
        /usr/lib/jvm/*25*/bin/java /usr/lib/jvm/*26*/bin/java /opt/*25*/bin/java \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java \
        "$(command -v java 2>/dev/null)"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            major=$(java_major "$candidate")
            if [ "${major:-0}" -ge 25 ]; then
                if [ "${1:-}" != jdk ] || has_compiler "$candidate"; then
                    JAVA=$candidate
                    return 0
                fi
                runs=${runs:-$candidate}
            fi
        fi
    done
    if [ -n "$runs" ]; then
        echo "whirl: $runs can run Whirl but not build it: there is no javac beside it. Install a JDK 25 (https://adoptium.net, Temurin 25) and set JAVA_HOME." >&2
    else
        echo "whirl: no Java 25 found in JAVA_HOME, /usr/lib/jvm or on the PATH. Install a JDK 25 (https://adoptium.net, Temurin 25) and set JAVA_HOME." >&2
    fi
    return 1
}
