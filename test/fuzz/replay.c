/* Runs a fuzz target over the files of its corpus where there is no libFuzzer: each file whole, and cut short
 * at a few places, as a full disk or a broken line leaves it. Knows no target. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CUTS = 16, PATH_ROOM = 4096 };

/* A copy of exactly `size` bytes, so that the sanitizer sees a read past them. */
static int run_bytes(const char *data, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (exact == NULL) {
        return -1;
    }
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

static char *read_all(FILE *file, size_t *size)
{
    if (fseek(file, 0, SEEK_END) != 0) {
        return NULL;
    }
    long length = ftell(file);
    if (length < 0 || fseek(file, 0, SEEK_SET) != 0) {
        return NULL;
    }
    char *data = malloc((size_t)length + 1);
    if (data != NULL && fread(data, 1, (size_t)length, file) != (size_t)length) {
        free(data);
        data = NULL;
    }
    *size = (size_t)length;
    return data;
}

/* Inputs that were run; 0 where the file could not be read. */
static unsigned run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return 0;
    }
    size_t size = 0;
    char *data = read_all(file, &size);
    fclose(file);
    if (data == NULL) {
        return 0;
    }
    unsigned ran = run_bytes(data, size) == 0;
    for (size_t cut = 1; cut < CUTS && size > CUTS; cut++) {
        ran += run_bytes(data, size * cut / CUTS) == 0;
    }
    free(data);
    return ran;
}

int main(int argc, char **argv)
{
    unsigned passed = 0, failed = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            fprintf(stderr, "replay: no folder %s\n", argv[i]);
            failed++;
            continue;
        }
        for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
            char path[PATH_ROOM];
            if (entry->d_name[0] == '.') {
                continue;
            }
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            unsigned ran = run_file(path);
            passed += ran;
            failed += ran == 0;
        }
        closedir(folder);
    }
    printf("%u passed, %u failed\n", passed, failed);
    return passed > 0 && failed == 0 ? 0 : 1;
}
