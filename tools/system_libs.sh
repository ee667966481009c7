#!/bin/sh
# See that Debian's own libraries and programs are here, and install them if we may.
#
#   system_libs.sh qt       what the window needs; fails when something is missing
#   system_libs.sh tests    the programs that judge our files; fails only when CI is set
#   system_libs.sh dist     what freezing needs: objdump, and Python as a library
#
# We may: as root, or with a sudo that asks no password. Otherwise the line to type is
# printed and nothing is changed.
set -eu

# What ldd names for the xcb and offscreen plugins of PySide6 6.8, and who owns it.
QT_LIBRARIES='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
'
TEST_PROGRAMS='
qpdf qpdf
pdftotext poppler-utils
pdffonts poppler-utils
soffice libreoffice-calc-nogui
Xvfb xvfb
/usr/sbin/mkfs.exfat exfatprogs
/usr/sbin/mount.exfat-fuse exfat-fuse
java default-jre-headless
/usr/share/java/preflight.jar libpdfbox2-java
/usr/share/java/jaxb-api.jar libjaxb-api-java
'

case ${1:-} in
    qt | tests | dist) ;;
    *) echo "usage: $0 qt|tests|dist" >&2; exit 2 ;;
esac

# Other systems than Linux bring their own libraries inside the wheel.
[ "$(uname -s)" = Linux ] || exit 0

missing_libraries() {
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p)
    echo "$QT_LIBRARIES" | while read -r library package; do
        [ -n "$library" ] || continue
        case $known in
            *"	$library "*) ;;
            *) echo "$package" ;;
        esac
    done
}

missing_programs() {
    echo "$TEST_PROGRAMS" | while read -r program package; do
        [ -n "$program" ] || continue
        command -v "$program" >/dev/null 2>&1 || [ -e "$program" ] || echo "$package"
    done
}

missing_for_dist() {
    command -v objdump >/dev/null 2>&1 || echo binutils
    .venv/bin/python - <<'PYTHON'
import sys
from pathlib import Path
from sysconfig import get_config_var as get

name = "libpython%d.%d" % sys.version_info[:2]
places = [get("LIBDIR"), "%s/%s" % (get("LIBDIR"), get("MULTIARCH"))]
if not any(list(Path(place).glob(name + ".so*")) for place in places):
    print(name)
PYTHON
}

missing() {
    case $1 in
        qt) missing_libraries ;;
        tests) missing_programs ;;
        dist) missing_for_dist ;;
    esac | sort -u | tr '\n' ' '
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
    echo "Installing Debian packages: $*"
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

wanted=$(missing "$1")
[ -n "$wanted" ] || exit 0
# shellcheck disable=SC2086  # a list of package names
install $wanted || true
wanted=$(missing "$1")
[ -n "$wanted" ] || exit 0

echo "Missing on this machine: $wanted" >&2
echo "To install them, type:" >&2
echo "    sudo apt-get install --no-install-recommends $wanted" >&2
[ "$1" = tests ] && [ -z "${CI:-}" ] && exit 0
exit 1
