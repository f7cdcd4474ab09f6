<?php

function main(array $args): array
{
    sleep(3600);

    return [];
}
