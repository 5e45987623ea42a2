/* What a binary file is, by the bytes it begins with: so that a message can say it. Must not open anything.
 */
#include "read/format.h"

#include <string.h>

#define UNPACK    "unpack it first"
#define SAVE_TEXT "save its text as plain text first"
#define LEAVE_OUT "leave it out, or write its text into a plain text file"

/* The more particular first. `format`: the entry of the registry for it, where it has one. */
static const struct kind {
    const char *bytes;
    size_t length, at;
    const char *name, *format, *advice;
} kinds[] = {
    {"%PDF-", 5, 0, "a PDF document", "pdf", SAVE_TEXT},
    {"PK\3\4", 4, 0, "a ZIP archive", "zip", UNPACK},
    {"PK\5\6", 4, 0, "an empty ZIP archive", "zip", UNPACK},
    {"\x1F\x8B", 2, 0, "a gzip archive", "gzip", UNPACK},
    {"\x28\xB5\x2F\xFD", 4, 0, "a zstd archive", "zstd", UNPACK},
    {"\x04\x22\x4D\x18", 4, 0, "an lz4 archive", NULL, UNPACK},
    {"BZh", 3, 0, "a bzip2 archive", NULL, UNPACK},
    {"\xFD"
     "7zXZ",
     5, 0, "an xz archive", NULL, UNPACK},
    {"7z\xBC\xAF\x27\x1C", 6, 0, "a 7-Zip archive", NULL, UNPACK},
    {"Rar!\x1A\x07", 6, 0, "a RAR archive", NULL, UNPACK},
    {"ustar", 5, 257, "a tar archive", NULL, UNPACK},
    {"!<arch>\n", 8, 0, "an ar archive", NULL, UNPACK},
    {"\x89PNG\r\n\x1A\n", 8, 0, "a PNG image", NULL, LEAVE_OUT},
    {"\xFF\xD8\xFF", 3, 0, "a JPEG image", NULL, LEAVE_OUT},
    {"GIF87a", 6, 0, "a GIF image", NULL, LEAVE_OUT},
    {"GIF89a", 6, 0, "a GIF image", NULL, LEAVE_OUT},
    {"II*\0", 4, 0, "a TIFF image", NULL, LEAVE_OUT},
    {"MM\0*", 4, 0, "a TIFF image", NULL, LEAVE_OUT},
    {"WEBP", 4, 8, "a WebP image", NULL, LEAVE_OUT},
    {"\0\0\1\0", 4, 0, "an icon", NULL, LEAVE_OUT},
    {"WAVE", 4, 8, "a WAVE sound file", NULL, LEAVE_OUT},
    {"AVI ", 4, 8, "an AVI video", NULL, LEAVE_OUT},
    {"ftyp", 4, 4, "an MPEG-4 or HEIF file", NULL, LEAVE_OUT},
    {"\x1A\x45\xDF\xA3", 4, 0, "a Matroska or WebM video", NULL, LEAVE_OUT},
    {"ID3", 3, 0, "an MP3 sound file", NULL, LEAVE_OUT},
    {"OggS", 4, 0, "an Ogg file", NULL, LEAVE_OUT},
    {"fLaC", 4, 0, "a FLAC sound file", NULL, LEAVE_OUT},
    {"wOFF", 4, 0, "a font", NULL, LEAVE_OUT},
    {"wOF2", 4, 0, "a font", NULL, LEAVE_OUT},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, "an old Microsoft Office document", NULL, SAVE_TEXT},
    {"{\\rtf", 5, 0, "an RTF document", NULL, SAVE_TEXT},
    {"%!PS", 4, 0, "a PostScript document", NULL, SAVE_TEXT},
    {"SQLite format 3\0", 16, 0, "an SQLite database", NULL, SAVE_TEXT},
    {"\x7F"
     "ELF",
     4, 0, "an ELF program", NULL, LEAVE_OUT},
    {"\xCA\xFE\xBA\xBE", 4, 0, "a compiled program", NULL, LEAVE_OUT},
    {"\xCF\xFA\xED\xFE", 4, 0, "a compiled program", NULL, LEAVE_OUT},
    {"\0asm", 4, 0, "a WebAssembly module", NULL, LEAVE_OUT},
    {"PAR1", 4, 0, "a Parquet table", NULL, SAVE_TEXT},
    {"ARROW1", 6, 0, "an Arrow table", NULL, SAVE_TEXT},
    {"\xEF\xBB\xBF%PDF-", 8, 0, "a PDF document", "pdf", SAVE_TEXT},
};

static const struct kind *kind_of(dsr_slice head)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct kind *kind = &kinds[i];
        if (head.len >= kind->at + kind->length &&
            memcmp(head.ptr + kind->at, kind->bytes, kind->length) == 0) {
            return kind;
        }
    }
    return NULL;
}

static bool mentions(dsr_slice head, const char *word)
{
    return dsr_slice_find(head, dsr_slice_of(word), 0) != SIZE_MAX;
}

/* Which of the many kinds of document a ZIP archive is: its first entries say it. */
static const char *zip_kind(dsr_slice head)
{
    static const char *const marks[][2] = {
        {"word/", "a Word document (DOCX)"},
        {"xl/", "an Excel workbook (XLSX)"},
        {"ppt/", "a PowerPoint presentation (PPTX)"},
        {"application/epub", "an e-book (EPUB)"},
        {"application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"},
        {"application/vnd.oasis.opendocument", "an OpenDocument file"},
        {"[Content_Types].xml", "a Microsoft Office document"},
        {"META-INF/", "a Java archive"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (mentions(head, marks[i][0])) {
            return marks[i][1];
        }
    }
    return "a ZIP archive";
}

const char *dsr_binary_kind(dsr_slice head)
{
    const struct kind *kind = kind_of(head);
    if (kind == NULL) {
        return NULL;
    }
    return kind->format != NULL && strcmp(kind->format, "zip") == 0 ? zip_kind(head) : kind->name;
}

const char *dsr_binary_format(dsr_slice head)
{
    const struct kind *kind = kind_of(head);
    return kind != NULL ? kind->format : NULL;
}

const char *dsr_binary_advice(dsr_slice head)
{
    const struct kind *kind = kind_of(head);
    if (kind != NULL && kind->format != NULL && strcmp(kind->format, "zip") == 0) {
        return strcmp(zip_kind(head), kind->name) == 0 ? UNPACK : SAVE_TEXT;
    }
    return kind != NULL ? kind->advice : NULL;
}
