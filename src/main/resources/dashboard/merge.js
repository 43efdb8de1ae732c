// JSON Merge Patch (RFC 7396) over objects without a prototype, so that no name from outside means anything special.

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The target with the patch applied; neither is changed, and parts that stay the same stay the same objects. */
export function merged(target, patch) {
  const result = Object.assign(Object.create(null), isObject(target) ? target : null);
  for (const name of Object.keys(patch)) {
    const value = patch[name];
    if (value === null) {
      delete result[name];
    } else {
      result[name] = isObject(value) ? merged(result[name], value) : value;
    }
  }
  return result;
}
