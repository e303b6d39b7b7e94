<?php

declare(strict_types=1);

namespace Drupal\realtime_voice\Plugin\Block;

use Drupal\Core\Block\Attribute\Block;
use Drupal\Core\Block\BlockBase;
use Drupal\Core\Form\FormStateInterface;
use Drupal\Core\StringTranslation\TranslatableMarkup;

/**
 * Shows the element. The key of the service is at the endpoint, never here.
 */
#[Block(id: 'realtime_voice', admin_label: new TranslatableMarkup('Voice assistant'))]
final class VoiceBlock extends BlockBase {

  /**
   * {@inheritdoc}
   */
  public function defaultConfiguration(): array {
    return ['token_url' => '/voice-token.php', 'heading' => '', 'variant' => 'inline'];
  }

  /**
   * {@inheritdoc}
   */
  public function blockForm($form, FormStateInterface $form_state): array {
    $form['token_url'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Token endpoint'),
      '#default_value' => $this->configuration['token_url'],
      '#required' => TRUE,
    ];
    $form['heading'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Heading'),
      '#default_value' => $this->configuration['heading'],
    ];
    $form['variant'] = [
      '#type' => 'select',
      '#title' => $this->t('Look'),
      '#options' => [
        'inline' => $this->t('Card'),
        'floating' => $this->t('Button at the edge of the window'),
        'compact' => $this->t('One line'),
      ],
      '#default_value' => $this->configuration['variant'],
    ];
    return $form;
  }

  /**
   * {@inheritdoc}
   */
  public function blockSubmit($form, FormStateInterface $form_state): void {
    foreach (array_keys($this->defaultConfiguration()) as $name) {
      $this->configuration[$name] = $form_state->getValue($name);
    }
  }

  /**
   * {@inheritdoc}
   */
  public function build(): array {
    $attributes = [
      'token-url' => $this->configuration['token_url'],
      'variant' => $this->configuration['variant'],
      'label' => $this->configuration['heading'],
    ];
    return [
      // Not #markup, which removes tags that Drupal does not know. Attributes are escaped.
      '#type' => 'html_tag',
      '#tag' => 'realtime-voice',
      '#attributes' => array_filter($attributes),
      '#attached' => ['library' => ['realtime_voice/tools']],
    ];
  }

}
