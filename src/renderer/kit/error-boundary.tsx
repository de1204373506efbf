import { RotateCw } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';
import { Button } from './button.tsx';

interface Props {
  title: string;
  hint: string;
  reload: string;
  children: ReactNode;
}

/** Keeps a failing part of the window from taking the rest with it. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        icon={<RotateCw size={26} strokeWidth={1.4} />}
        title={this.props.title}
        hint={this.props.hint}
      >
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {this.props.reload}
        </Button>
      </EmptyState>
    );
  }
}
