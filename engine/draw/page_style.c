#include "draw/page_parts.h"

static const struct style_row rows[] = {
    [LOOK_TITLE] = {{FACE_SERIF, 24, INK, false, false}, 30, 0, 4},
    [LOOK_CLIENT] = {{FACE_SANS, 9.5, INK_SOFT, false, false}, 14, 2, 8},
    [LOOK_HEADING_1] = {{FACE_SERIF, 18, INK_GREEN, false, false}, 24, 24, 7},
    [LOOK_HEADING_2] = {{FACE_SERIF, 13.5, INK_GREEN, false, false}, 17.5, 13, 3.5},
    [LOOK_HEADING_3] = {{FACE_SERIF, 10, INK, true, false}, 13.5, 6.5, 2},
    [LOOK_HEADING_4] = {{FACE_SANS, 9.25, INK_SOFT, true, false}, 13.5, 10, 3},
    [LOOK_TEXT] = {{FACE_SANS, 9, INK, false, false}, 12.25, 4, 4},
    [LOOK_PURPOSE] = {{FACE_SERIF, 13, INK, false, false}, 19, 8, 8},
    [LOOK_QUOTE] = {{FACE_SERIF, 10, INK, false, false}, 14.5, 6, 6},
    [LOOK_CODE] = {{FACE_MONO, 8, INK, false, false}, 11.5, 8, 8},
    [LOOK_HEAD] = {{FACE_SANS, 8, INK_GREEN, true, false}, 11.5, 8, 11},
    [LOOK_CELL] = {{FACE_SANS, 8.5, INK, false, false}, 11.5, 6, 8},
    [LOOK_AROUND] = {{FACE_SANS, 7.5, INK_SOFT, false, false}, 10, 0, 0},
};

const struct style_row *style_of(enum look look)
{
    return &rows[look];
}
