<?php

/** Prints the render array of the block as JSON. The parts of Drupal that the block needs to be loaded are empty here. */

declare(strict_types=1);

namespace Drupal\Core\Block {
  abstract class BlockBase {
    public function __construct(protected array $configuration) {
      $this->configuration += $this->defaultConfiguration();
    }
  }
}

namespace Drupal\Core\Form {
  interface FormStateInterface {}
}

namespace {
  require $argv[1];
  $block = new \Drupal\realtime_voice\Plugin\Block\VoiceBlock(json_decode($argv[2], true));
  echo json_encode($block->build());
}
