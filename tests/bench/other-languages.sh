#!/bin/bash
# Programs of other languages on the documents of the benchmark, as far as they are installed:
#
#   other-languages.sh DOCUMENTS >> ROWS     DOCUMENTS is what `castile-bench --documents` wrote
#   other-languages.sh --setup               installs them (Debian, PyPI, npm, Maven)
#
# Rows are those of `castile-bench --out`; times are CPU times of the process. What is built and installed beside the system's packages lies
# in $OTHER_LANGUAGES_CACHE; without it, in `target` here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${OTHER_LANGUAGES_CACHE:-$here/target/other-languages}
programs=$here/other-languages
wsdl=$here/../../schemas/collector/wsdl/InformationService.wsdl
jaxb=4.0.5
mkdir -p "$cache"

skip() { echo "skipped: $*" >&2; }

if [ "${1-}" = --setup ]; then
  # Only what is missing: a Node.js from elsewhere brings an npm that Debian's does not go with.
  packages=()
  has() { for name; do command -v "$name" >/dev/null || return; done; }
  { has g++ && [ -e /usr/include/pugixml.hpp ]; } || packages+=(g++ libpugixml-dev)
  { has soapcpp2 && [ -e /usr/include/stdsoap2.h ]; } || packages+=(gsoap libgsoap-dev)
  { has php && php -r 'exit(extension_loaded("soap") && extension_loaded("dom") ? 0 : 1);'; } ||
    packages+=(php-cli php-soap php-xml)
  has node npm || packages+=(nodejs npm)
  has javac mvn || packages+=(default-jdk-headless maven)
  python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
  [ ${#packages[@]} = 0 ] || apt-get install -y -qq "${packages[@]}"
  [ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv"
  "$cache/venv/bin/pip" install -q zeep
  npm install --silent --no-fund --no-audit --prefix "$cache" soap@1 fast-xml-parser
  for artifact in "org.glassfish.jaxb:jaxb-runtime:$jaxb" jakarta.xml.bind:jakarta.xml.bind-api:4.0.2 \
    jakarta.activation:jakarta.activation-api:2.1.3 "org.glassfish.jaxb:jaxb-core:$jaxb" \
    "org.glassfish.jaxb:txw2:$jaxb" org.eclipse.angus:angus-activation:2.0.2 \
    com.sun.istack:istack-commons-runtime:4.1.2; do
    if ! mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$cache/jars" >"$cache/error.log"; then
      skip "JAXB: Maven finds no $artifact: $(head -n 1 "$cache/error.log")"
      break
    fi
  done
  exit
fi
documents=${1:?the directory of the documents}

# row COMPETITOR DOCUMENT COMMAND…: runs it, which prints the nanoseconds of its best pass.
row() {
  local competitor=$1 name=$2 bytes best
  shift 2
  bytes=$(stat -c %s "$documents/$name.xml")
  if best=$("$@" "$documents/$name.xml" 2>"$cache/error.log") && [ -n "$best" ]; then
    printf 'decode\t%s\t%s\t%s\t%s\t%s\t0\t0\t0\n' "$name" "$competitor" "$bytes" "$best" "$best"
  else
    skip "$competitor on $name: $(tail -n 1 "$cache/error.log")"
  fi
}

all="accounts-4 accounts-10000 polymorphic attributes text-base64 rpc-encoded"
typed="accounts-4 accounts-10000"

if g++ -O2 -std=c++17 "$programs/pugixml.cpp" -lpugixml -o "$cache/pugixml" 2>"$cache/error.log"; then
  # 1140 is 1.14.
  version=$(echo PUGIXML_VERSION | g++ -E -P -include pugixml.hpp -xc++ - | tail -n 1)
  version=$((version / 1000)).$((version % 1000 / 10))
  for name in $all; do
    row "pugixml $version, C++: a tree without namespaces" "$name" "$cache/pugixml"
  done
else
  skip "pugixml: $(tail -n 1 "$cache/error.log")"
fi

gsoap() {
  cd "$cache/gsoap"
  wsdl2h -o service.h "$wsdl" && soapcpp2 -2 -C -L -x -I/usr/share/gsoap/import service.h
  local response prefix
  response=$(grep -o '_[a-z0-9]*__GetAccountsResponse' service.h | head -n 1)
  prefix=${response#_}
  g++ -O2 -w -DRESPONSE="$response" -DPREFIX="\"${prefix%%__*}\"" -I. \
    "$programs/gsoap.cpp" soapC.cpp -lgsoap++ -lgsoap -o program
}
mkdir -p "$cache/gsoap"
if command -v soapcpp2 >/dev/null && (gsoap) >"$cache/gsoap.log" 2>&1; then
  version=$(soapcpp2 -V 2>&1 | grep -o '[0-9][0-9.]*' | head -n 1)
  for name in $typed; do row "gSOAP $version, C++" "$name" "$cache/gsoap/program"; done
else
  skip "gSOAP: not installed, or $cache/gsoap.log says why"
fi

if command -v javac >/dev/null && ls "$cache"/jars/*.jar >/dev/null 2>&1 &&
  javac -cp "$cache/jars/*" -d "$cache" "$programs/Jaxb.java" 2>"$cache/error.log"; then
  for name in $typed; do row "JAXB $jaxb, Java, warm" "$name" java -cp "$cache:$cache/jars/*" Jaxb; done
else
  skip "JAXB: no JDK, or no libraries in $cache/jars"
fi

if [ -x "$cache/venv/bin/python" ]; then
  version=$("$cache/venv/bin/python" -c 'import importlib.metadata as m; print(m.version("zeep"))')
  for name in $typed; do
    row "zeep $version, Python" "$name" "$cache/venv/bin/python" "$programs/zeep_client.py" "$wsdl"
  done
else
  skip "zeep: not in $cache/venv"
fi

if command -v php >/dev/null; then
  version=$(php -r 'echo PHP_VERSION;')
  for name in $typed; do row "SoapClient, PHP $version" "$name" php "$programs/php.php" soap "$wsdl"; done
  for name in $all; do
    row "SimpleXML, PHP $version: a tree" "$name" php "$programs/php.php" simplexml "$wsdl"
    row "DOMDocument, PHP $version: a tree" "$name" php "$programs/php.php" dom "$wsdl"
  done
else
  skip "PHP: not installed"
fi

export NODE_PATH=$cache/node_modules
# installed PACKAGE: its version.
installed() { node -p 'JSON.parse(fs.readFileSync(process.argv[1])).version' "$NODE_PATH/$1/package.json"; }
if command -v node >/dev/null && [ -d "$cache/node_modules/soap" ]; then
  for name in $typed; do row "node-soap $(installed soap), Node.js" "$name" node "$programs/node.cjs" soap "$wsdl"; done
else
  skip "node-soap: not in $cache/node_modules"
fi
if command -v node >/dev/null && [ -d "$cache/node_modules/fast-xml-parser" ]; then
  for name in $all; do
    row "fast-xml-parser $(installed fast-xml-parser), Node.js: objects" "$name" node "$programs/node.cjs" fast-xml-parser "$wsdl"
  done
else
  skip "fast-xml-parser: not in $cache/node_modules"
fi
