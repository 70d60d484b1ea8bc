# shellcheck shell=sh
# For the scripts that start something from a checkout: finds a JDK 25, and builds what is missing or old.
# Whoever reads it in has set $home to the root of the checkout.
: "${home:?}"
app_jar="$home/app/target/vestibule/lib/vestibule-app.jar"

is_25() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release" 2>/dev/null
}

find_jdk() {
    for jdk in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/javac)")")")" \
        /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
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

# build MODULES JAR...: builds the modules (names with commas) and what they need, with $jdk; the jars are new then.
build() {
    if ! command -v mvn > /dev/null; then
        echo "Vestibule is not built yet, and building it needs Maven 3.8 or newer: install the package 'maven'." >&2
        exit 1
    fi
    modules=$1
    shift
    echo "Building Vestibule (the first time this takes some minutes) ..." >&2
    if ! (cd "$home" && JAVA_HOME="$jdk" mvn -q -B -pl "$modules" -am -DskipTests -Dexec.skip -Dspotless.check.skip package >&2); then
        echo "The build failed; the lines above say why." >&2
        exit 1
    fi
    touch "$@"
}
