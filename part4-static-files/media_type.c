#include "media_type.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *extension;
	const char *type;
} media_types[] = {
	{"html", "text/html; charset=utf-8"},
	{"htm", "text/html; charset=utf-8"},
	{"css", "text/css; charset=utf-8"},
	{"js", "text/javascript; charset=utf-8"},
	{"mjs", "text/javascript; charset=utf-8"},
	{"json", "application/json"},
	{"map", "application/json"},
	{"webmanifest", "application/manifest+json"},
	{"xml", "application/xml"},
	{"xhtml", "application/xhtml+xml"},
	{"txt", "text/plain; charset=utf-8"},
	{"log", "text/plain; charset=utf-8"},
	{"yaml", "text/plain; charset=utf-8"},
	{"yml", "text/plain; charset=utf-8"},
	{"toml", "text/plain; charset=utf-8"},
	{"c", "text/plain; charset=utf-8"},
	{"h", "text/plain; charset=utf-8"},
	{"py", "text/plain; charset=utf-8"},
	{"sh", "text/plain; charset=utf-8"},
	{"md", "text/markdown; charset=utf-8"},
	{"csv", "text/csv; charset=utf-8"},
	{"vtt", "text/vtt; charset=utf-8"},
	{"svg", "image/svg+xml"},
	{"png", "image/png"},
	{"jpg", "image/jpeg"},
	{"jpeg", "image/jpeg"},
	{"gif", "image/gif"},
	{"webp", "image/webp"},
	{"avif", "image/avif"},
	{"ico", "image/x-icon"},
	{"bmp", "image/bmp"},
	{"woff", "font/woff"},
	{"woff2", "font/woff2"},
	{"ttf", "font/ttf"},
	{"otf", "font/otf"},
	{"wasm", "application/wasm"},
	{"pdf", "application/pdf"},
	{"mp4", "video/mp4"},
	{"m4v", "video/mp4"},
	{"mov", "video/quicktime"},
	{"mkv", "video/matroska"},
	{"webm", "video/webm"},
	{"mp3", "audio/mpeg"},
	{"m4a", "audio/mp4"},
	{"opus", "audio/ogg"},
	{"ogg", "audio/ogg"},
	{"wav", "audio/wav"},
	{"flac", "audio/flac"},
	{"zip", "application/zip"},
	{"gz", "application/gzip"},
	{"tar", "application/x-tar"},
	{"epub", "application/epub+zip"},
};

const char *media_type_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot != NULL && i < sizeof(media_types) / sizeof(media_types[0]); i++)
		if (strcasecmp(dot + 1, media_types[i].extension) == 0)
			return media_types[i].type;
	return "application/octet-stream";
}
