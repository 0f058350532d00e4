/* SPDX-License-Identifier: MIT */
/* seal_impl: what the halves of seal share.  Not for anybody else. */
#ifndef GAVEL_SEAL_IMPL_H
#define GAVEL_SEAL_IMPL_H

#include "seal.h"

enum { FILE_MAX = 65536, NAME_MAX_BYTES = 64 };

struct gv_keys {
	struct gv_buf folder;
	int fd;                               /* of the folder; -1: not opened yet */
	bool has_salt;
	unsigned char salt[GV_SEAL_SECRET];
	char id[GV_KEYID_LEN + 1];            /* the key looked at last; "" */
	enum gv_key_state state;
	bool half;                            /* its destruction was interrupted */
	bool recent;                          /* its file may not be on the disk yet */
	unsigned char secret[GV_SEAL_SECRET];
	bool unsynced;                        /* a recent one was used to seal */
};

/* seal.c */
int gv_random_bytes(void *out, size_t n, struct gv_err *err);

/* seal_folder.c.  GV_ENOTFOUND, without a message, if it is not there and was not to be made. */
int gv_keys_folder_open(struct gv_keys *k, bool make, struct gv_err *err);
/* The whole file; GV_ENOTFOUND without a message if there is none. */
int gv_keys_file_read(struct gv_keys *k, const char *name, struct gv_buf *text, struct gv_err *err);
/* A file of our own, on its way to another name: whoever called renames or removes it. */
int gv_keys_file_part(struct gv_keys *k, char part[NAME_MAX_BYTES], struct gv_str text, bool durable,
                      struct gv_err *err);
/* Appears whole, or is there already: then the other's stays, unless it is empty. */
int gv_keys_file_add(struct gv_keys *k, const char *name, struct gv_str text, struct gv_err *err);

#endif
