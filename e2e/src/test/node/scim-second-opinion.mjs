// What others make of the same SCIM filters and operations, by the names of their packages.

import scimPatch from "scim-patch";
import filterParser from "scim-query-filter-parser";
import parseFilter from "scim2-parse-filter";

import { serve } from "./lines.mjs";

const REFUSED = "refused";

function orRefused(value) {
  try {
    return value();
  } catch {
    return REFUSED;
  }
}

serve({
  "scim-query-filter-parser": ({ cases }) =>
    cases.map(({ filter, resource }) =>
      orRefused(() => filterParser.compileFilter(filter)(resource)),
    ),
  "scim2-parse-filter": ({ cases }) =>
    cases.map(({ filter, resource }) =>
      orRefused(() => parseFilter.filter(parseFilter.parse(filter))(resource)),
    ),
  "scim-patch": ({ cases }) =>
    cases.map(({ before, operations }) =>
      orRefused(() => scimPatch.scimPatch(before, operations)),
    ),
});
