#!/bin/sh
# Prove that a fresh Debian 12 needs nothing but what README.md says.
#
#   sudo tools/fresh_debian.sh FOLDER ['make demo && make test']
#
# Makes a minimal Debian in FOLDER with debootstrap (once), clones the last commit into it
# and runs the command there as root. Where SSL_CERT_FILE is set, its certificates go along.
set -eu

folder=${1:?usage: $0 FOLDER [COMMAND]}
command=${2:-make demo && make test}
here=$(cd "$(dirname "$0")/.." && pwd)

[ -e "$folder/etc/debian_version" ] || debootstrap --variant=minbase \
    --include=python3,python3-venv,git,make,ca-certificates bookworm "$folder"

rm -rf "$folder/root/taizhang"
git clone --quiet --no-hardlinks "$here" "$folder/root/taizhang"

# What the guest sees of this machine ends with this script.
trap 'umount -R "$folder/dev" "$folder/proc" 2>/dev/null || true' EXIT
mount -t proc proc "$folder/proc"
mount --rbind /dev "$folder/dev"
mount --make-rslave "$folder/dev"

set -- HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
if [ -n "${SSL_CERT_FILE:-}" ]; then
    cp "$SSL_CERT_FILE" "$folder/etc/ssl/certs/host.crt"
    set -- "$@" SSL_CERT_FILE=/etc/ssl/certs/host.crt PIP_CERT=/etc/ssl/certs/host.crt
fi
chroot "$folder" env -i "$@" sh -c "cd /root/taizhang && $command"
