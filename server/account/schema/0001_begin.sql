-- What both databases understand: BIGINT and TEXT, times in Unix seconds unless
-- said, persons and ids as lower-case hexadecimal, '' where there is nothing.

CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE journals (
    id      TEXT PRIMARY KEY,
    applied BIGINT NOT NULL -- the newest record of that journal that is in here
);

CREATE TABLE players (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL, -- the newest
    first_seen BIGINT NOT NULL,
    last_seen  BIGINT NOT NULL,
    visits     BIGINT NOT NULL
);

CREATE TABLE networks (
    player    TEXT NOT NULL REFERENCES players (id),
    network   TEXT NOT NULL, -- truncated, as 203.0.113.0/24
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (player, network)
);

CREATE INDEX networks_age ON networks (last_seen);
CREATE INDEX networks_network ON networks (network);

CREATE TABLE matches (
    id     TEXT PRIMARY KEY,
    room   TEXT NOT NULL,
    mode   TEXT NOT NULL,
    arena  TEXT NOT NULL,
    season TEXT NOT NULL,
    began  BIGINT NOT NULL, -- milliseconds
    ended  BIGINT NOT NULL  -- milliseconds
);

CREATE TABLE results (
    game      TEXT NOT NULL REFERENCES matches (id),
    player    TEXT NOT NULL REFERENCES players (id),
    name      TEXT NOT NULL, -- then
    team      BIGINT NOT NULL,
    place     BIGINT NOT NULL,
    won       BIGINT NOT NULL, -- 0 or 1
    abandoned BIGINT NOT NULL, -- 0 or 1
    score     BIGINT NOT NULL,
    kills     BIGINT NOT NULL,
    deaths    BIGINT NOT NULL,
    played    BIGINT NOT NULL, -- milliseconds
    PRIMARY KEY (game, player)
);

CREATE INDEX results_player ON results (player);

-- Sums of results: of one season or of all time (''), in one mode or in all ('').
CREATE TABLE standings (
    season    TEXT NOT NULL,
    mode      TEXT NOT NULL,
    player    TEXT NOT NULL REFERENCES players (id),
    games     BIGINT NOT NULL,
    wins      BIGINT NOT NULL,
    abandoned BIGINT NOT NULL,
    score     BIGINT NOT NULL,
    kills     BIGINT NOT NULL,
    deaths    BIGINT NOT NULL,
    played    BIGINT NOT NULL, -- milliseconds
    best      BIGINT NOT NULL, -- score of the best match
    PRIMARY KEY (player, season, mode)
);

CREATE INDEX standings_ladder ON standings (season, mode, score DESC, wins DESC, deaths, player);

CREATE TABLE sanctions (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL, -- ban or mute
    player    TEXT NOT NULL, -- or ''
    network   TEXT NOT NULL, -- or ''
    name      TEXT NOT NULL, -- of the player, then
    reason    TEXT NOT NULL,
    author    TEXT NOT NULL,
    began     BIGINT NOT NULL,
    until     BIGINT NOT NULL, -- 0: for good
    lifted    BIGINT NOT NULL, -- 0: not
    lifter    TEXT NOT NULL,
    lift_word TEXT NOT NULL
);

CREATE INDEX sanctions_player ON sanctions (player);
CREATE INDEX sanctions_force ON sanctions (lifted, until);
