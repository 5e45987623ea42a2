/* libxml2's bare parse of pages, for comparison: reads each file into memory, lets libxml2 build its tree and
 * drops it. Prints bytes and seconds of parsing alone. usage: parse_pages FILE... */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    double seconds = 0;
    unsigned long long bytes = 0;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
            fprintf(stderr, "parse_pages: %s cannot be read\n", argv[i]);
            return 1;
        }
        long size = ftell(file);
        rewind(file);
        char *page = malloc((size_t)size + 1);
        if (page == NULL || fread(page, 1, (size_t)size, file) != (size_t)size) {
            return 1;
        }
        fclose(file);
        double start = now();
        htmlDocPtr tree = htmlReadMemory(page, (int)size, NULL, "UTF-8",
                                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
        xmlFreeDoc(tree);
        seconds += now() - start;
        bytes += (unsigned long long)size;
        free(page);
    }
    printf("%llu %.6f\n", bytes, seconds);
    return 0;
}
