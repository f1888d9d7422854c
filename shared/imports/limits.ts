/** How much may one import hold? A run lays all of its files on the disk of its function, a gigabyte. */
export const limits = { files: 60, fileBytes: 600_000_000, bytes: 800_000_000 };

/** Days after which an uploaded file goes by itself: buyers' names and addresses may stand in it. */
export const uploadDays = 3;
