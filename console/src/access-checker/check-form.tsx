import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { productOptionsOf, products } from '../components/product-options.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useImageOptions } from '../images/use-image-options.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { type AccessCheck, hasProduct, uses } from './access-check.ts';
import { ImageField } from './image-field.tsx';
import { PrincipalField } from './principal-field.tsx';
import { accessCheckerTexts } from './texts.ts';

/** The principal field is hidden for shared images: recipients can check only their own access. */
export function CheckForm({
  initial,
  imageProblem,
  isBusy,
  onSubmit,
}: {
  initial: AccessCheck;
  /** Why no image was found for the one in `initial`. */
  imageProblem: 'unknown' | 'ambiguous' | undefined;
  isBusy: boolean;
  onSubmit: (check: AccessCheck) => void;
}) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accessCheckerTexts);
  const { region } = useWorkspace();
  const [check, setCheck] = useState(initial);
  const images = useImageOptions(check.image);
  const [isImageMissing, setIsImageMissing] = useState(false);
  useEffect(() => setCheck(initial), [initial]);
  // An instance from a link has no field, and applies only to the check in the link.
  const change = (part: Partial<AccessCheck>) => setCheck((before) => ({ ...before, instance: undefined, ...part }));

  const imageId = check.image.trim();
  const [named, another] = images.data?.filter(({ name }) => name === imageId) ?? [];
  const image = images.data?.find((one) => one.imageId === imageId) ?? (another === undefined ? named : undefined);
  const canCheckOthers = image === undefined || image.visibility === 'owned';
  const imageErrors = { unknown: texts.imageUnknown, ambiguous: texts.imageAmbiguous };
  const shownProblem = imageId === initial.image ? imageProblem : undefined;
  const imageError = isImageMissing && imageId === '' ? texts.imageMissing : shownProblem && imageErrors[shownProblem];
  const productOptions = [{ value: '', label: texts.sameProduct }, ...productOptionsOf(products, common)];
  const useOptions = uses.map((use) => ({ value: use, label: texts.uses[use] }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsImageMissing(imageId === '');
        if (imageId !== '') {
          onSubmit(canCheckOthers ? check : { ...check, principal: '' });
        }
      }}
    >
      <Container header={<Header variant="h2">{texts.formTitle}</Header>}>
        <SpaceBetween size="l">
          <ColumnLayout columns={2}>
            <FormField
              label={texts.image}
              constraintText={image?.name ?? texts.imageHint}
              {...(imageError !== undefined && { errorText: imageError })}
            >
              <ImageField value={check.image} images={images} onChange={(typed) => change({ image: typed })} />
            </FormField>
            <FormField label={texts.action}>
              <Select
                options={useOptions}
                selectedOption={useOptions.find(({ value }) => value === check.use) ?? null}
                onChange={({ detail }) => change({ use: uses.find((use) => use === detail.selectedOption.value) ?? 'launch' })}
              />
            </FormField>
            {hasProduct(check.use) && (
              <FormField label={texts.product}>
                <Select
                  options={productOptions}
                  selectedOption={productOptions.find(({ value }) => value === (check.product ?? '')) ?? null}
                  onChange={({ detail }) =>
                    change({ product: products.find((product) => product === detail.selectedOption.value) })
                  }
                />
              </FormField>
            )}
            {canCheckOthers && (
              <FormField label={texts.principal(region.principalKind)} constraintText={texts.principalHint}>
                <PrincipalField value={check.principal} image={image} onChange={(principal) => change({ principal })} />
              </FormField>
            )}
          </ColumnLayout>
          <Button variant="primary" formAction="submit" loading={isBusy}>
            {texts.run}
          </Button>
        </SpaceBetween>
      </Container>
    </form>
  );
}
