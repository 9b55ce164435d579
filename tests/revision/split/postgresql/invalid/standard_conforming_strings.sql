SET standard_conforming_strings = off;
SET LOCAL "standard_conforming_strings" TO on;
set session Standard_Conforming_Strings = DEFAULT;
RESET standard_conforming_strings;
SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false);
SELECT set_config('search_path', '', false);
SHOW standard_conforming_strings;
