# Sets JAVA to the `java` of a Java 25 or newer: JAVA_HOME first, then the usual folders, then the PATH. Sourced by whirl and wsk.

# Sets `major` to the major version of that `java`. Its installation's file `release` tells it; starting it, or any other
# program, would take a good part of the time that a command line takes.
java_major() {
    major=
    if [ -r "${1%/bin/java}/release" ]; then
        while IFS='="' read -r name _ version _; do
            [ "$name" != JAVA_VERSION ] || major=${version%%[!0-9]*}
        done <"${1%/bin/java}/release"
    fi
    [ -n "$major" ] || major=$("$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
}

# Whether that `java` belongs to a JDK, which can compile.
has_compiler() {
    [ -x "$(dirname "$(readlink -f "$1")")/javac" ]
}

# take_java CANDIDATE [jdk]: whether it will do.
take_java() {
    [ -n "$1" ] && [ -x "$1" ] || return 1
    java_major "$1"
    [ "${major:-0}" -ge 25 ] || return 1
    if [ "${2:-}" = jdk ] && ! has_compiler "$1"; then
        runs=${runs:-$1}
        return 1
    fi
    JAVA=$1
}

# find_java [jdk]: anything that runs programs will do, or only what can build them.
find_java() {
    runs=
    for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
        /usr/lib/jvm/*25*/bin/java /usr/lib/jvm/*26*/bin/java /opt/*25*/bin/java \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java; do
        ! take_java "$candidate" "${1:-}" || return 0
    done
    ! take_java "$(command -v java 2>/dev/null)" "${1:-}" || return 0
    if [ -n "$runs" ]; then
        echo "whirl: $runs can run Whirl but not build it: there is no javac beside it. Install a JDK 25 (https://adoptium.net, Temurin 25) and set JAVA_HOME." >&2
    else
        echo "whirl: no Java 25 found in JAVA_HOME, /usr/lib/jvm or on the PATH. Install a JDK 25 (https://adoptium.net, Temurin 25) and set JAVA_HOME." >&2
    fi
    return 1
}
