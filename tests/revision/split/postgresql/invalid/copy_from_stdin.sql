SELECT 1;
COPY public.a (b, "c") FROM stdin WITH (FORMAT csv);
1	it's data; \N
\.
SELECT 2;
