<?php

function niam(array $args): array
{
    return ['from' => 'niam', 'text' => $args['text']];
}
