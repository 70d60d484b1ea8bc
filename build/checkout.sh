# shellcheck shell=sh
# For the scripts that start something from a checkout: finds a JDK 25, and builds what is missing or old.
# Whoever reads it in has set $home to the root of the checkout.
: "${home:?}"
app_jar="$home/app/target/vestibule/lib/vestibule-app.jar"

is_25() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

find_jdk() {
    for jdk in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/javac)" 2> /dev/null)")")" \
        /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$jdk" ] && is_25 "$jdk"; then
            echo "$jdk"
            return
        fi
    done
    echo "Vestibule needs a JDK 25: install one (for example Temurin 25 from https://adoptium.net) or point JAVA_HOME at it." >&2
    exit 1
}

# is_built JAR MODULE...: whether the jar is there, and newer than everything that the modules are made of.
is_built() {
    built=$1
    shift
    [ -f "$built" ] || return 1
    [ -z "$(find "$home/pom.xml" -newer "$built")" ] || return 1
    for module in "$@"; do
        [ -z "$(find "$home/$module/pom.xml" "$home/$module/src/main" -newer "$built" -type f -print | head -n 1)" ] || return 1
    done
}

run_maven() {
    # Maven's own libraries do what a newer JDK warns of.
    quiet="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
    status=0
    (cd "$home" && JAVA_HOME="$jdk" MAVEN_OPTS="${MAVEN_OPTS:-} $quiet" mvn -B -Dstyle.color=never -pl "$1" -am \
        -Dmaven.test.skip -Dexec.skip -Dspotless.check.skip package 2>&1 < /dev/null) || status=1
    printf '\nexit %s\n' $status
}

# Says what Maven is doing, as it does it; the whole of its output goes to a file.
tell() {
    is_fetching=no
    while IFS= read -r line; do
        printf '%s\n' "$line" >> "$log"
        case $line in
            "[INFO] Building Vestibule "*) echo "  compiling ${line#"[INFO] Building "}" | sed 's/ [0-9][^ ]*  *\[/ [/' >&2 ;;
            *"Downloading from "*)
                [ $is_fetching = yes ] || echo "  fetching libraries from Maven's repository" >&2
                is_fetching=yes ;;
            "exit "*) return "${line#exit }" ;;
        esac
    done
    return 1
}

# build MODULES JAR...: builds the modules (names with commas) and what they need, with $jdk; the jars are new then.
build() {
    if ! command -v mvn > /dev/null; then
        echo "Vestibule is not built yet, and building it needs Maven 3.8 or newer: install the package 'maven'." >&2
        exit 1
    fi
    modules=$1
    shift
    log="$home/target/build.log"
    mkdir -p "$home/target"
    : > "$log"
    echo "Building Vestibule, which takes a few minutes the first time. The whole output: $log" >&2
    if ! run_maven "$modules" | tell; then
        grep '^\[ERROR\]' "$log" | head -n 20 >&2
        echo "The build failed; the lines above say why." >&2
        exit 1
    fi
    touch "$@"
}
