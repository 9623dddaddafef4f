#!/bin/sh
# Writes assembler that carries the named files inside the program: `embedded_files`, sorted by name as given,
# in the layout of `struct file` (base/files.h).  NAME=PATH carries the file at PATH under another name.
export LC_ALL=C
cat <<TEXT
    .section .note.GNU-stack,"",%progbits
    .section .rodata
TEXT
i=0
for f in $(printf '%s\n' "$@" | sort); do
    printf 'name%d: .asciz "%s"\ndata%d: .incbin "%s"\nend%d: .byte 0\n' $i "${f%%=*}" $i "${f#*=}" $i
    i=$((i + 1))
done
cat <<TEXT
    .section .data.rel.ro,"aw"
    .balign 8
    .global embedded_files
embedded_files:
TEXT
i=0
for f in $(printf '%s\n' "$@" | sort); do
    name=${f%%=*}
    printf '    .quad name%d, %d, data%d, end%d - data%d\n' $i ${#name} $i $i $i
    i=$((i + 1))
done
cat <<TEXT
    .quad 0, 0, 0, 0
    .section .rodata
    .balign 8
    .global embedded_files_count
embedded_files_count: .quad $i
TEXT
