# Sets JAVA to the `java` of a JDK 25 or newer: JAVA_HOME first, then the usual folders, then the PATH. Sourced by whirl and wsk.

java_major() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

find_java() {
    for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
        /usr/lib/jvm/*25*/bin/java /usr/lib/jvm/*26*/bin/java /opt/*25*/bin/java \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home/bin/java \
        "$(command -v java 2>/dev/null)"; do
        if [ -n "$candidate" ] && [ -x "$candidate" ]; then
            major=$(java_major "$candidate")
            if [ "${major:-0}" -ge 25 ]; then
                JAVA=$candidate
                return 0
            fi
        fi
    done
    echo "whirl: no JDK 25 found in JAVA_HOME, /usr/lib/jvm or on the PATH. Install one (https://adoptium.net, Temurin 25) and set JAVA_HOME." >&2
    return 1
}
