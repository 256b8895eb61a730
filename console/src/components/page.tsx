import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface PageProps {
  readonly title: string;
  readonly description: string;
  readonly children: React.ReactNode;
}

export const Page = ({ title, description, children }: PageProps) => (
  <ContentLayout
    header={
      <Header variant="h1" description={description}>
        {title}
      </Header>
    }
  >
    <SpaceBetween size="l">{children}</SpaceBetween>
  </ContentLayout>
);
